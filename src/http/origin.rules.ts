/** What a browser says about the page that sends a request. No page can change it. */
export interface PageClaims {
  readonly origin?: string | undefined;
  /** `Sec-Fetch-Site` */
  readonly site?: string | undefined;
}

/** How the request reached the service, as told by a trusted proxy if there is one. */
export interface OwnAddress {
  readonly protocol: string;
  readonly host: string;
  /** Setting ISSUER */
  readonly issuer: string;
}

const OWN_SITES: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Tells whether the page that sends the request is neither the service's own nor on the list (OWASP ASVS 5, 3.5.1 to
 * 3.5.3; X-15). Origins are compared whole: scheme, host and port. `null` is nobody's origin. Browsers omit `Origin`
 * from some reads; then `Sec-Fetch-Site` decides, which they always send.
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
 * Behind a proxy that ends TLS and is not trusted, the service sees plain http, while its own pages name https. If it
 * is known to be published with https, both are its own.
 */
function ownOrigins({ protocol, host, issuer }: OwnAddress): readonly (string | undefined)[] {
  const published = URL.parse(issuer);
  const schemes = published?.protocol === 'https:' ? [protocol, 'https'] : [protocol];
  return [published?.origin, ...schemes.map((scheme) => URL.parse(`${scheme}://${host}`)?.origin)];
}
