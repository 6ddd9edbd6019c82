import { useEffect, useRef, useState } from 'preact/hooks';
import type { Language } from '../i18n/locale.ts';
import { useTexts } from '../i18n/locale.ts';
import { AuditScreen } from '../screens/audit.tsx';
import { CompaniesScreen } from '../screens/companies.tsx';
import { CompanyScreen } from '../screens/company.tsx';
import { CustomerScreen } from '../screens/customer.tsx';
import { CustomersScreen } from '../screens/customers.tsx';
import { SegmentsScreen } from '../screens/segments.tsx';
import { SessionScreen } from '../screens/session/session.tsx';
import { SessionsScreen } from '../screens/sessions/sessions.tsx';
import { SettingsScreen } from '../screens/settings/settings.tsx';
import { NoticeContext } from '../ui/notice.tsx';
import { FindBox } from './find-box.tsx';
import { LanguageChoice, ThemeChoice } from './preferences.tsx';
import { hrefOf, type Route, useRoute } from './route.ts';
import { useApi } from './signed-in.ts';

const SCREENS = ['sessions', 'customers', 'companies', 'segments', 'settings', 'audit'] as const;
const NOTICE_MS = 6_000;

export function Frame({
  version,
  onLanguage,
}: {
  readonly version: string;
  readonly onLanguage: (language: Language) => void;
}) {
  const texts = useTexts();
  const api = useApi();
  const route = useRoute();
  const screen = SCREENS.find((one) => one === route.path[0]) ?? 'sessions';
  const [notice, setNotice] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setNotice(''), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  const main = useMovedFocus(route.path.join('/'));
  return (
    <NoticeContext.Provider value={setNotice}>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        {texts.skip}
      </a>
      <div class="frame">
        <header class="top">
          <a class="brand" href={hrefOf(['sessions'])}>
            {texts.product} <span class="muted">{texts.console}</span>
          </a>
          <FindBox />
        </header>
        <nav class="side" aria-label={texts.menu}>
          <ul>
            {SCREENS.map((name) => (
              <li key={name}>
                <a href={hrefOf([name])} aria-current={name === screen ? 'page' : undefined}>
                  {texts.nav[name]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <main id="main" ref={main} tabIndex={-1}>
          <Screen name={screen} route={route} />
        </main>
        <footer class="side-foot">
          <p class="hint">
            {texts.tenant} <strong>{api.tenant}</strong>
            <br />
            {texts.signedInAs} <strong>{api.clientId}</strong>
          </p>
          <LanguageChoice onLanguage={onLanguage} />
          <ThemeChoice />
          <button type="button" class="button quiet" onClick={() => location.reload()}>
            {texts.signOut}
          </button>
          <p class="hint">
            {texts.product} {version}
          </p>
        </footer>
      </div>
      <div class="notices" role="status">
        {notice !== '' && <p>{notice}</p>}
      </div>
    </NoticeContext.Provider>
  );
}

function Screen({ name, route }: { readonly name: (typeof SCREENS)[number]; readonly route: Route }) {
  const [, id, tab] = route.path;
  if (name === 'customers') {
    return id === undefined ? <CustomersScreen query={route.query} /> : <CustomerScreen key={id} id={id} />;
  }
  if (name === 'companies') {
    return id === undefined ? <CompaniesScreen query={route.query} /> : <CompanyScreen key={id} id={id} />;
  }
  if (name === 'segments') return <SegmentsScreen />;
  if (name === 'settings') return <SettingsScreen section={id} entry={tab} />;
  if (name === 'audit') return <AuditScreen query={route.query} />;
  return id === undefined ? <SessionsScreen query={route.query} /> : <SessionScreen key={id} id={id} />;
}

/** A screen reader reads the new screen from its beginning, as it would a new page, or what was asked for on it. */
function useMovedFocus(path: string) {
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    const isFirst = first.current;
    first.current = false;
    if (document.activeElement?.classList.contains('answer')) return;
    if (!isFirst) main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [path]);
  return main;
}
