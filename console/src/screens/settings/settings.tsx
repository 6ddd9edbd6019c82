import { hrefOf } from '../../app/route.ts';
import { useTexts } from '../../i18n/locale.ts';
import { Clients } from './clients.tsx';
import { Entries } from './entries.tsx';
import { PriceLists } from './price-lists.tsx';
import { SessionApps } from './session-apps.tsx';
import { Sites } from './sites.tsx';
import { Webhooks } from './webhooks.tsx';

const SECTIONS = [
  'sites',
  'clients',
  'campaigns',
  'regions',
  'price-tables',
  'price-lists',
  'session-apps',
  'webhooks',
] as const;

export function SettingsScreen({
  section,
  entry,
}: {
  readonly section: string | undefined;
  readonly entry: string | undefined;
}) {
  const { settings } = useTexts();
  const current = SECTIONS.find((one) => one === section) ?? 'sites';
  return (
    <>
      <div class="title">
        <h1>{settings.title}</h1>
      </div>
      <nav class="tabs" aria-label={settings.title}>
        <ul>
          {SECTIONS.map((name) => (
            <li key={name}>
              <a href={hrefOf(['settings', name])} aria-current={name === current ? 'page' : undefined}>
                {settings.sections[name]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Section name={current} entry={entry} />
    </>
  );
}

function Section({
  name,
  entry,
}: {
  readonly name: (typeof SECTIONS)[number];
  readonly entry: string | undefined;
}) {
  if (name === 'sites') return <Sites />;
  if (name === 'clients') return <Clients shown={entry} />;
  if (name === 'price-lists') return <PriceLists shown={entry} />;
  if (name === 'webhooks') return <Webhooks shown={entry} />;
  if (name === 'session-apps') return <SessionApps tried={entry} />;
  return <Entries key={name} kind={name} />;
}
