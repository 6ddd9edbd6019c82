/** A host with an optional port, without characters that have a meaning in a page or a shell. */
const PLAIN_HOST = /^[\w.:[\]-]+$/;

/**
 * Returns the origin under which the request arrived. The `Host` header is up to the caller, so only a plain one
 * counts.
 */
export function ownOrigin(protocol: string, host: string, issuer: string): string {
  const named = PLAIN_HOST.test(host) ? URL.parse(`${protocol}://${host}`) : null;
  return named?.origin ?? issuer;
}
