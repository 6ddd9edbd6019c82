import { en, type Texts } from '../../console/src/i18n/en.ts';

/** The console in Dutch, as far as it is translated: what is missing is in English. */
export const nl: Texts = {
  ...en,
  loading: 'Laden…',
  working: 'Bezig…',
  reload: 'Opnieuw laden',
  retry: 'Opnieuw proberen',
  cancel: 'Annuleren',
  close: 'Sluiten',
  save: 'Opslaan',
  language: 'Taal',
  theme: 'Kleuren',
  themes: { system: 'Zoals het systeem', light: 'Licht', dark: 'Donker' },
  signOut: 'Afmelden',
  nav: {
    sessions: 'Sessies',
    customers: 'Klanten',
    companies: 'Bedrijven',
    segments: 'Segmenten',
    settings: 'Instellingen',
    audit: 'Logboek',
  },
  signIn: {
    ...en.signIn,
    title: 'Aanmelden',
    submit: 'Aanmelden',
    demoAs: (clientId: string) => `Aanmelden als ${clientId}`,
  },
};
