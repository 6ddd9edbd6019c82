import { closestMatch } from 'leven';

export interface Misspelled {
  readonly name: string;
  /** The setting that was probably meant. */
  readonly meant: string;
}

/** How other services call what is a setting here, too far away to be found by its letters. */
const NAMES_ELSEWHERE: Readonly<Record<string, string>> = {
  MONGO_URL: 'MONGODB_URI',
  MONGODB_CONNECTION_STRING: 'MONGODB_URI',
};

/** One wrong letter in so many. Shorter names are too near to what others use, such as `NODE_ENV` and `NODE_PATH`. */
const LETTERS = 4;
const MOST_WRONG = 3;

/**
 * Finds variables that have no effect, and were probably meant to be settings: without a word, `MONGODB_URL` would start
 * the service on the embedded store. A setting that is set itself is not meant by another name.
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

/** In the same case or not. Names of one word are no settings of more words. */
function nearest(name: string, settings: readonly string[]): string | undefined {
  const upper = name.toUpperCase();
  if (!upper.includes('_')) return undefined;
  const candidates = settings.filter((setting) => setting.includes('_') && setting[0] === upper[0]);
  return closestMatch(upper, candidates, {
    maxDistance: Math.min(MOST_WRONG, Math.floor(name.length / LETTERS)),
  });
}
