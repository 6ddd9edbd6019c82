import { useState } from 'preact/hooks';
import { isLanguage, type Language, LANGUAGES } from '../i18n/languages.ts';
import { useLocale } from '../i18n/locale.ts';
import { SelectField } from '../ui/parts.tsx';

const OPTIONS = Object.entries(LANGUAGES).map(([tag, { name }]) => [tag, name] as const);

export function LanguageChoice({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const { texts, language } = useLocale();
  return (
    <SelectField
      label={texts.language}
      value={language}
      options={OPTIONS}
      onValue={(value) => isLanguage(value) && onLanguage(value)}
    />
  );
}

const STORED = 'onesession.theme';

/** The style sheet goes by `data-theme`; without it, by the system. */
export function applyTheme(theme: string): void {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

export const storedTheme = (): string => localStorage.getItem(STORED) ?? 'system';

export function ThemeChoice() {
  const { texts } = useLocale();
  const [theme, setTheme] = useState(storedTheme);
  const choose = (value: string): void => {
    setTheme(value);
    applyTheme(value);
    localStorage.setItem(STORED, value);
  };
  const options = [
    ['system', texts.themes.system],
    ['light', texts.themes.light],
    ['dark', texts.themes.dark],
  ] as const;
  return <SelectField label={texts.theme} value={theme} options={options} onValue={choose} />;
}
