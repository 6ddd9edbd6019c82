const BEFORE = '/api/segments/';

/**
 * Joins the rest of the path into one token. VTEX clients put the token into the path unencoded, and base64 may
 * contain `/`. A slash at the end is not part of it (F-20): the text of a segment ends with `}`, whose base64 never
 * ends with one.
 */
export function withWholeToken(url: string): string {
  if (!url.startsWith(BEFORE)) return url;
  const [path = '', ...query] = url.slice(BEFORE.length).split('?');
  const token = path.replaceAll(/\/(?!$)/g, '%2F');
  return [`${BEFORE}${token}`, ...query].join('?');
}
