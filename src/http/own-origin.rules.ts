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

interface WithHeaders {
  readonly headers: { readonly host?: string | undefined };
}

/**
 * Returns what the header `Host` says. `request.host` of Fastify does not serve: it believes `X-Forwarded-Host` from a
 * trusted proxy, and proxies that only add to `X-Forwarded-For` pass on what a client wrote there.
 */
export const askedHost = ({ headers }: WithHeaders): string => headers.host ?? '';

/** The same without the port. An address of IPv6 keeps its brackets. */
export const askedHostname = (request: WithHeaders): string =>
  /^(?:\[[^\]]*\]|[^:]*)/.exec(askedHost(request))?.[0] ?? '';
