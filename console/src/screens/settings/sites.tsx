import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import { useLoad } from '../../app/use-load.ts';
import type { Site } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { Badge, Card, Empty, Load, RowButton, TextField } from '../../ui/parts.tsx';
import { Table } from '../../ui/table.tsx';
import { SaveDialog } from './save-dialog.tsx';

export function Sites() {
  const texts = useTexts();
  const { settings } = texts;
  const { site: words } = settings;
  const api = useApi();
  const sites = useLoad('sites', () => api.shop<readonly Site[]>('GET', 'site', '/sites'));
  const [edited, setEdited] = useState<Site>();
  const mayChange = api.holds('site.site_manage');
  return (
    <Card title={settings.sections.sites ?? ''}>
      <Load of={sites}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={settings.empty} hint={settings.emptyHint} />
          ) : (
            <Table
              label={settings.sections.sites ?? ''}
              rows={all}
              keyOf={({ code }) => code}
              columns={[
                {
                  title: words.code,
                  of: (site) => (
                    <>
                      <strong>{site.code}</strong>{' '}
                      {site.default && <Badge look="accent">{words.default}</Badge>}{' '}
                      {site.active === false && <Badge look="warn">{words.inactive}</Badge>}
                    </>
                  ),
                },
                { title: words.name, of: ({ name }) => name },
                { title: words.currency, of: ({ currency }) => currency },
                {
                  title: words.currencies,
                  of: (site) => (site.availableCurrencies ?? [site.currency]).join(', '),
                },
                { title: words.languages, of: ({ languages }) => languages.join(', ') },
                { title: words.countries, of: ({ shipToCountries }) => shipToCountries.join(', ') },
                ...(mayChange
                  ? [
                      {
                        title: texts.edit,
                        of: (site: Site) => (
                          <RowButton act={texts.edit} of={site.code} onClick={() => setEdited(site)} />
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          )
        }
      </Load>
      {edited && (
        <EditSite
          site={edited}
          onClose={() => setEdited(undefined)}
          onDone={() => {
            setEdited(undefined);
            sites.reload();
          }}
        />
      )}
    </Card>
  );
}

const wordsIn = (text: string): readonly string[] => text.split(/[\s,;]+/).filter(Boolean);

function EditSite({
  site,
  onClose,
  onDone,
}: {
  readonly site: Site;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { site: words } = useTexts().settings;
  const api = useApi();
  const [name, setName] = useState(site.name);
  const [currency, setCurrency] = useState(site.currency);
  const [currencies, setCurrencies] = useState((site.availableCurrencies ?? []).join(', '));
  const [languages, setLanguages] = useState(site.languages.join(', '));
  const [countries, setCountries] = useState(site.shipToCountries.join(', '));
  const [active, setActive] = useState(site.active !== false);
  const save = (): Promise<unknown> => {
    const body = {
      name,
      active,
      currency,
      availableCurrencies: wordsIn(currencies),
      languages: wordsIn(languages),
      shipToCountries: wordsIn(countries),
      ...(site.metadata?.version !== undefined && { metadata: { version: site.metadata.version } }),
    };
    return api.shop('PATCH', 'site', `/sites/${encodeURIComponent(site.code)}`, { body });
  };
  return (
    <SaveDialog title={words.editTitle(site.code)} save={save} onClose={onClose} onDone={onDone}>
      <TextField label={words.name} value={name} onValue={setName} />
      <TextField label={words.currency} value={currency} onValue={setCurrency} />
      <TextField label={words.currencies} value={currencies} onValue={setCurrencies} />
      <TextField label={words.languages} value={languages} onValue={setLanguages} />
      <TextField label={words.countries} value={countries} onValue={setCountries} />
      <CheckField label={words.active} value={active} onValue={setActive} />
    </SaveDialog>
  );
}
