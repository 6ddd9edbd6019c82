/** What a browser says of the page that sends a request; no page can change it. */
export interface PageClaims {
  readonly origin?: string | undefined;
  /** `Sec-Fetch-Site` */
  readonly site?: string | undefined;
}

/** How the request reached the service: a trusted proxy's word counts. */
export interface OwnAddress {
  readonly protocol: string;
  readonly host: string;
  /** Setting ISSUER */
  readonly issuer: string;
}

const OWN_SITES: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Whether a page that is neither the service's own nor on the list sends the request (OWASP ASVS 5, 3.5.1 to 3.5.3; X-15).
 * Origins are compared whole: scheme, host and port. `null` is nobody's origin. Browsers leave `Origin` out of some
 * reads; then the site counts, which they always name.
 */
export function isForeignPage(
  { origin, site }: PageClaims,
  own: OwnAddress,
  allowed: readonly string[] = [],
): boolean {
  if (origin === undefined) return site !== undefined && !OWN_SITES.has(site);
  if (origin === 'null') return true;
  return !allowed.includes(origin) && !ownOrigins(own).includes(origin);
}

/**
 * Behind a proxy that ends TLS and is not trusted, the service sees plain http, and its own pages say https: when it is
 * known to be published by https, both are its own.
 */
function ownOrigins({ protocol, host, issuer }: OwnAddress): readonly (string | undefined)[] {
  const published = URL.parse(issuer);
  const schemes = published?.protocol === 'https:' ? [protocol, 'https'] : [protocol];
  return [published?.origin, ...schemes.map((scheme) => URL.parse(`${scheme}://${host}`)?.origin)];
}
