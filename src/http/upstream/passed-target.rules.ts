import { withoutHost } from './families.rules.js';
import { carriesOwnToken } from './own-tokens.rules.js';

/**
 * Parameters in which routes of this service take credentials. Refresh tokens are not JWTs, so only the name gives them
 * away.
 */
const CREDENTIALS: ReadonlySet<string> = new Set(
  'access_token accesstoken refresh_token refreshtoken saas-token subjectaccesstoken'.split(' '),
);

/** Printable ASCII, except what proxies and servers read in different ways: backslashes, fragments and quotes. */
const PLAIN = /^\/[\w!$%&'()*+,./:;=?@[\]^`{|}~-]*$/;

/** Escapes of `/`, `\` and NUL, which some servers decode before they look at the path. */
const HIDDEN = /%(?:2f|5c|00)/i;

/**
 * Returns path and query as they may be passed on: without credentials, and without a path that another server might
 * read as that of another family.
 * @param target of a request, as it was sent
 * @returns undefined if the request must not be passed on
 */
export function passedTarget(target: string, issuer: string): string | undefined {
  const local = withoutHost(target);
  const [path = '', ...rest] = local.split('?');
  if (!PLAIN.test(local) || HIDDEN.test(path) || path.includes('//')) return undefined;
  if (path.split('/').some(isDots) || carriesOwnToken(path, issuer)) return undefined;
  if (rest.length === 0) return path;
  const pairs = rest.join('?').split('&');
  const kept = pairs.filter((pair) => !isCredential(pair, issuer));
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

/** Recognizes `.`, `..` and what becomes one of them: `%2e.`, `..;v=1`. */
function isDots(segment: string): boolean {
  const [name = ''] = segment.split(/;|%3b/i, 1);
  return /^\.{1,2}$/.test(name.replaceAll(/%2e/gi, '.'));
}

function isCredential(pair: string, issuer: string): boolean {
  const [name = ''] = pair.split('=', 1);
  return CREDENTIALS.has(decoded(name).toLowerCase()) || carriesOwnToken(pair, issuer);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
