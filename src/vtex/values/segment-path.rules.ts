const BEFORE = '/api/segments/';

/**
 * Clients of VTEX put a segment token into the path as it is, and base64 has a `/` among its characters: all that follows
 * is one token. A slash at the end is none of it (F-20): the text of a segment ends with `}`, which gives no such one.
 */
export function withWholeToken(url: string): string {
  if (!url.startsWith(BEFORE)) return url;
  const [path = '', ...query] = url.slice(BEFORE.length).split('?');
  const token = path.replaceAll(/\/(?!$)/g, '%2F');
  return [`${BEFORE}${token}`, ...query].join('?');
}
