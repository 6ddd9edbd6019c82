import { closestMatch } from 'leven';

export interface Misspelled {
  readonly name: string;
  /** The setting that was probably meant. */
  readonly meant: string;
}

/** Names that other services use for settings of ours, and that spelling alone does not reveal. */
const NAMES_ELSEWHERE: Readonly<Record<string, string>> = {
  MONGO_URL: 'MONGODB_URI',
  MONGODB_CONNECTION_STRING: 'MONGODB_URI',
};

/**
 * Allows one wrong letter per this many. Short names are too close to names of other programs, such as `NODE_ENV` and
 * `NODE_PATH`.
 */
const LETTERS = 4;
const MOST_WRONG = 3;

/**
 * Finds variables that have no effect and were probably meant to be settings. Otherwise `MONGODB_URL`, for example,
 * would silently start the service on the embedded store. A setting that is itself set is not suggested.
 */
export function misspelledIn(env: NodeJS.ProcessEnv, settings: readonly string[]): readonly Misspelled[] {
  const known = new Set(settings);
  const free = settings.filter((name) => !env[name]?.trim());
  return Object.keys(env).flatMap((name) => {
    if (known.has(name) || !env[name]?.trim()) return [];
    const meant = NAMES_ELSEWHERE[name] ?? nearest(name, free);
    return meant !== undefined && free.includes(meant) ? [{ name, meant }] : [];
  });
}

/** Ignores case in names of several words. A name of one word is never taken for a setting of several words. */
function nearest(name: string, settings: readonly string[]): string | undefined {
  const upper = name.toUpperCase();
  if (!upper.includes('_')) return settings.find((setting) => isMistyped(name, setting));
  const candidates = settings.filter((setting) => setting.includes('_') && setting[0] === upper[0]);
  return closestMatch(upper, candidates, {
    maxDistance: Math.min(MOST_WRONG, Math.floor(name.length / LETTERS)),
  });
}

/**
 * Whether a letter was hit twice, or two neighbours were swapped. Other slips make words that may be variables of other
 * programs, such as `PORTS` or `POST`.
 */
function isMistyped(name: string, setting: string): boolean {
  return [...setting].some((letter, i) => {
    const [before, after] = [setting.slice(0, i), setting.slice(i + 1)];
    const doubled = before + letter + letter + after;
    const swapped = before + after.slice(0, 1) + letter + after.slice(1);
    return name === doubled || name === swapped;
  });
}
