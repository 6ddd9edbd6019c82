import type { Problem } from '../shared/domain-error.js';

/** SECURITY 45. Not a setting: nobody needs this many, and a higher limit would only help attackers. */
const MOST_PAIRS = 100;

const ESCAPES = /(?:%[0-9a-f]{2})+/gi;

/**
 * Returns what is wrong with the pairs of a query or a form: too many, or bytes that are not UTF-8, including half of a
 * surrogate pair. A percent sign that escapes nothing stands for itself, as in browsers.
 */
export function pairsProblem(pairs: string, field: 'query' | 'body'): Problem | undefined {
  let count = 0;
  for (let i = pairs.indexOf('&'); i >= 0; i = pairs.indexOf('&', i + 1)) count += 1;
  if (count >= MOST_PAIRS) return { field, message: `must not have more than ${MOST_PAIRS} items` };
  if (!pairs.includes('%')) return undefined;
  const wrong = pairs.split('&').find((pair) => pair.match(ESCAPES)?.some(isNoText));
  if (wrong === undefined) return undefined;
  const [name = ''] = wrong.split('=');
  return { field: decoded(name) ?? name, message: 'is not valid UTF-8' };
}

const isNoText = (escapes: string): boolean => decoded(escapes) === undefined;

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
