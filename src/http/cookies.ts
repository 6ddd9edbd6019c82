import { parseCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';
import { isLoopback } from '../config/loopback.js';

/** By name, in the order of the header: cookies of another path or domain can have the same name. */
export type Cookies = ReadonlyMap<string, readonly string[]>;

/** Each value may cost a signature check and a store read; browsers have one for each path and domain. */
const MOST_OF_ONE_NAME = 10;

/** RFC 6265 section 4.2. */
export function cookiesOf(header: string | undefined): Cookies {
  const cookies = new Map<string, string[]>();
  // The library keeps one cookie of each name, so it is given one at a time.
  for (const pair of header?.split(';') ?? []) {
    for (const [name, value = ''] of Object.entries(parseCookie(pair, { decode: decoded }))) {
      const values = cookies.get(name) ?? [];
      if (values.length < MOST_OF_ONE_NAME) cookies.set(name, [...values, value]);
    }
  }
  return cookies;
}

/** Reads a value that is quoted or percent-encoded, or takes it as it is. */
function decoded(value: string): string {
  const bare = value.replace(/^"(.*)"$/, '$1');
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}

export interface CookieOptions {
  readonly maxAgeSeconds: number;
  /** For storefronts on another site than the service: each site gets its own. */
  readonly crossSite: boolean;
  readonly secure: boolean;
}

/**
 * For this host only, and for no script.
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
    // Browsers refuse SameSite=None and the prefix without it.
    ...(secure || crossSite || name.startsWith('__Host-') ? ['Secure'] : []),
    ...(crossSite ? ['SameSite=None', 'Partitioned'] : ['SameSite=Lax']),
  ].join('; ');

/**
 * Whether cookies must travel over TLS only. Most clients other than browsers do not send such cookies over plain http,
 * so a service that is tried out on one machine leaves `Secure` out (F-58).
 */
export function needsSecureCookies(
  { protocol, hostname }: Pick<FastifyRequest, 'protocol' | 'hostname'>,
  { NODE_ENV }: { readonly NODE_ENV: string },
): boolean {
  return NODE_ENV === 'production' || protocol !== 'http' || !isOwnMachine(hostname);
}

/** RFC 6761 section 6.3: names under `localhost` are loopback addresses too. */
function isOwnMachine(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return isLoopback(host) || host.endsWith('.localhost');
}
