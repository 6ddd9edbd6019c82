import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Api, type Credential } from '../api/api.ts';
import { type ConsoleSettings, readSettings, signInWithLink } from '../api/sign-in.ts';
import {
  type Language,
  Locale,
  LocaleContext,
  preferredLanguage,
  rememberLanguage,
  useTexts,
} from '../i18n/locale.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Load, Problem } from '../ui/parts.tsx';
import { Frame } from './frame.tsx';
import { LanguageChoice, ThemeChoice } from './preferences.tsx';
import { ApiContext } from './signed-in.ts';
import { SignInForm } from './sign-in.tsx';
import { useLoad } from './use-load.ts';

export function App({
  link,
  demo,
}: {
  readonly link?: string | undefined;
  readonly demo?: string | undefined;
}) {
  const [language, setLanguage] = useState(preferredLanguage);
  const locale = useMemo(() => new Locale(language), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    rememberLanguage(language);
  }, [language]);
  const settings = useLoad('settings', readSettings);
  return (
    <LocaleContext.Provider value={locale}>
      <Load of={settings}>
        {(known) => <Signed settings={known} link={link} demo={demo} onLanguage={setLanguage} />}
      </Load>
    </LocaleContext.Provider>
  );
}

interface SignedProps {
  readonly settings: ConsoleSettings;
  readonly link?: string | undefined;
  readonly demo?: string | undefined;
  readonly onLanguage: (language: Language) => void;
}

/** Somebody who waits for a new credential. */
type Waiting = (credential: Credential) => void;

function Signed({ settings, link, demo, onLanguage }: SignedProps) {
  const texts = useTexts();
  const [api, setApi] = useState<Api>();
  const [asking, setAsking] = useState(false);
  const waiting = useRef<Waiting[]>([]);
  const renew = (): Promise<Credential> =>
    new Promise((resolve) => {
      waiting.current.push(resolve);
      setAsking(true);
    });
  const begin = (credential: Credential): void =>
    setApi(new Api(settings.publicUrl ?? '', credential, renew));
  const goOn = (credential: Credential): void => {
    for (const resolve of waiting.current.splice(0)) resolve(credential);
    setAsking(false);
  };
  if (!api)
    return <Gate settings={settings} link={link} demo={demo} onLanguage={onLanguage} onSignedIn={begin} />;
  return (
    <ApiContext.Provider value={api}>
      <Frame onLanguage={onLanguage} version={settings.version} />
      {asking && (
        <Dialog title={texts.signIn.again}>
          <p class="lead">{texts.signIn.againLead}</p>
          <SignInForm settings={settings} clientId={api.clientId} onSignedIn={goOn} />
        </Dialog>
      )}
    </ApiContext.Provider>
  );
}

interface GateProps extends SignedProps {
  readonly onSignedIn: (credential: Credential) => void;
}

function Gate({ settings, link, demo, onLanguage, onSignedIn }: GateProps) {
  const texts = useTexts();
  return (
    <div class="gate">
      <main class="gate-card">
        <p class="brand">{texts.product}</p>
        <h1>{texts.signIn.title}</h1>
        {link !== undefined && <LinkSignIn code={link} onSignedIn={onSignedIn} />}
        <p class="lead">{texts.signIn.lead}</p>
        <SignInForm settings={settings} demo={demo} onSignedIn={onSignedIn} />
      </main>
      <footer class="gate-foot">
        <LanguageChoice onLanguage={onLanguage} />
        <ThemeChoice />
      </footer>
    </div>
  );
}

function LinkSignIn({
  code,
  onSignedIn,
}: {
  readonly code: string;
  readonly onSignedIn: (credential: Credential) => void;
}) {
  const texts = useTexts();
  const used = useLoad(code, async () => {
    onSignedIn(await signInWithLink(code));
    return true;
  });
  if (used.error) return <Problem error={used.error} />;
  return <p role="status">{texts.signIn.withLink}</p>;
}
