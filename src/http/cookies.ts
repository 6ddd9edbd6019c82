import { parseCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';
import { isLoopback } from '../config/loopback.js';

/** Values by name, in the order of the header. Cookies of another path or domain may have the same name. */
export type Cookies = ReadonlyMap<string, readonly string[]>;

/** Each value may cost a signature check and a read of the store. Browsers have one value per path and domain. */
const MOST_OF_ONE_NAME = 10;

/** Parses a `Cookie` header (RFC 6265 section 4.2). */
export function cookiesOf(header: string | undefined): Cookies {
  const cookies = new Map<string, string[]>();
  // The library keeps one cookie per name, so it gets one pair at a time.
  for (const pair of header?.split(';') ?? []) {
    for (const [name, value = ''] of Object.entries(parseCookie(pair, { decode: decoded }))) {
      const values = cookies.get(name) ?? [];
      if (values.length < MOST_OF_ONE_NAME) cookies.set(name, [...values, value]);
    }
  }
  return cookies;
}

/** Decodes a value that is quoted or percent-encoded, and returns any other value as it is. */
function decoded(value: string): string {
  const bare = value.replace(/^"(.*)"$/, '$1');
  // Tokens are long, and decoding them costs the same whether there is anything to decode or not.
  if (!bare.includes('%')) return bare;
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}

export interface CookieOptions {
  readonly maxAgeSeconds: number;
  /** For storefronts on another site than the service. The browser keeps a separate cookie for each site. */
  readonly crossSite: boolean;
  readonly secure: boolean;
}

/**
 * Returns a `Set-Cookie` value for this host only, hidden from scripts.
 * @param value has no `;`, no space and no quotes
 */
export const setCookie = (
  name: string,
  value: string,
  { maxAgeSeconds, crossSite, secure }: CookieOptions,
): string =>
  [
    `${name}=${value}`,
    'Path=/',
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    // Browsers refuse SameSite=None and the `__Host-` prefix without it.
    ...(secure || crossSite || name.startsWith('__Host-') ? ['Secure'] : []),
    ...(crossSite ? ['SameSite=None', 'Partitioned'] : ['SameSite=Lax']),
  ].join('; ');

/**
 * Tells whether cookies must travel over TLS only. Most clients other than browsers do not send such cookies over plain
 * http, so a service that is tried out on one machine leaves `Secure` out (F-58).
 */
export function needsSecureCookies(
  { protocol, hostname }: Pick<FastifyRequest, 'protocol' | 'hostname'>,
  { NODE_ENV }: { readonly NODE_ENV: string },
): boolean {
  return NODE_ENV === 'production' || protocol !== 'http' || !isOwnMachine(hostname);
}

/** Names under `localhost` are loopback addresses too (RFC 6761 section 6.3). */
function isOwnMachine(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return isLoopback(host) || host.endsWith('.localhost');
}
