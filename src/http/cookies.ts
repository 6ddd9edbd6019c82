/** RFC 6265 section 4.2. The first of two cookies of one name counts: it has the longer path. */
export function cookiesOf(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const [name = '', ...value] = pair.split('=');
    if (value.length > 0 && !cookies.has(name.trim()))
      cookies.set(name.trim(), decoded(value.join('=').trim()));
  }
  return cookies;
}

export interface CookieOptions {
  readonly maxAgeSeconds: number;
  /** For storefronts on another site than the service: kept apart for each of them. */
  readonly crossSite: boolean;
}

/**
 * Of this host only, for no script, and over TLS: browsers take `localhost` for that, so it is never left out.
 * @param value has no `;`, no space and no quotes
 */
export const setCookie = (name: string, value: string, { maxAgeSeconds, crossSite }: CookieOptions): string =>
  [
    `${name}=${value}`,
    'Path=/',
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'Secure',
    ...(crossSite ? ['SameSite=None', 'Partitioned'] : ['SameSite=Lax']),
  ].join('; ');

function decoded(value: string): string {
  const bare = value.replace(/^"(.*)"$/, '$1');
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}
