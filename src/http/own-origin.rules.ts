/** A host and perhaps a port, and nothing that would mean something in a page or in a shell. */
const PLAIN_HOST = /^[\w.:[\]-]+$/;

/** The address by which a request came. A `Host` header is the caller's word, so only a plain one counts. */
export function ownOrigin(protocol: string, host: string, issuer: string): string {
  const named = PLAIN_HOST.test(host) ? URL.parse(`${protocol}://${host}`) : null;
  return named?.origin ?? issuer;
}
