import { carriesOwnToken } from './own-tokens.rules.js';

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Headers that concern a single connection (RFC 9110 section 7.6.1). `Connection` may name more. */
const HOP_BY_HOP = names(
  'connection keep-alive proxy-connection proxy-authenticate proxy-authorization proxy-authentication-info te',
  'trailer transfer-encoding upgrade http2-settings',
);

/**
 * Headers that are written anew, headers about a session that the other host does not know, and what the operator's own
 * systems tell each other about a trace.
 */
const NEVER_SENT = names(
  'host content-length expect via forwarded x-forwarded-for x-forwarded-proto x-forwarded-port x-real-ip',
  'saas-token x-vtex-session x-vtex-segment traceparent tracestate baggage',
);

/**
 * Headers that would reach beyond the answer: into headers that this service decides, or into its cookies and pages.
 * (`Clear-Site-Data` from another host would log the shopper out here.)
 */
const NEVER_RETURNED = names(
  'access-control-allow-origin access-control-allow-credentials access-control-expose-headers',
  'access-control-allow-methods access-control-allow-headers access-control-max-age alt-svc clear-site-data',
  'content-length content-security-policy location nel refresh report-to reporting-endpoints server',
  'service-worker-allowed set-cookie set-cookie2 sourcemap strict-transport-security x-frame-options x-powered-by',
  'x-request-id',
);

function names(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '));
}

const OWN_COOKIE = /^(?:(?:__host-)?vtex_session|vtex_segment|vtexidclientautcookie.*)$/i;

const VIA = '1.1 onesession';

/**
 * Tells whether an instance of this service has already passed the request on, in which case it would go in a circle.
 */
export const isPassedOn = (headers: Headers): boolean => valuesOf(headers.via).join(',').includes(VIA);

export interface PassedRequest {
  readonly headers: Headers;
  readonly address: string;
  readonly protocol: string;
  readonly host: string;
}

/** Returns the headers for the other host, with nothing that opens anything here. */
export function sentHeaders({ headers, ...from }: PassedRequest, issuer: string): Record<string, string> {
  const dropped = new Set([...HOP_BY_HOP, ...NEVER_SENT, ...namedBy(headers)]);
  const sent: Record<string, string> = {};
  for (const [name, given] of Object.entries(headers)) {
    const value = name === 'cookie' ? foreignCookies(valuesOf(given), issuer) : valuesOf(given).join(', ');
    if (dropped.has(name) || OWN_COOKIE.test(name) || value === '' || carriesOwnToken(value, issuer))
      continue;
    sent[name] = value;
  }
  return {
    ...sent,
    via: VIA,
    'x-forwarded-for': from.address,
    'x-forwarded-proto': from.protocol,
    // A client that acts for a shop's server names the shop here.
    'x-forwarded-host': sent['x-forwarded-host'] ?? from.host,
  };
}

/** Returns the headers of the other host's answer for the client. @param origin of that host */
export function returnedHeaders(headers: Headers, origin: string): Record<string, string | string[]> {
  const dropped = new Set([...HOP_BY_HOP, ...NEVER_RETURNED, ...namedBy(headers)]);
  const returned: Record<string, string | string[]> = {};
  for (const [name, given] of Object.entries(headers)) {
    if (!dropped.has(name.toLowerCase()) && given !== undefined) returned[name] = valuesOf(given).join(', ');
  }
  const cookies = valuesOf(headers['set-cookie']).flatMap(passedCookie);
  const [location] = valuesOf(headers.location);
  return {
    ...returned,
    ...(cookies.length > 0 && { 'set-cookie': cookies }),
    ...(location !== undefined && { location: withoutOrigin(location, origin) }),
  };
}

const valuesOf = (given: string | readonly string[] | undefined): readonly string[] =>
  given === undefined ? [] : [given].flat();

const namedBy = ({ connection }: Headers): readonly string[] =>
  valuesOf(connection).flatMap((list) => list.split(',').map((name) => name.trim().toLowerCase()));

function foreignCookies(headers: readonly string[], issuer: string): string {
  const pairs = headers.flatMap((header) => header.split(';')).map((pair) => pair.trim());
  return pairs.filter((pair) => pair !== '' && !isOwnCookie(pair, issuer)).join('; ');
}

const isOwnCookie = (pair: string, issuer: string): boolean =>
  OWN_COOKIE.test(cookieName(pair)) || carriesOwnToken(pair, issuer);

const cookieName = (pair: string): string => (pair.split('=', 1)[0] ?? '').trim();

/**
 * Turns a cookie of the other host into one of this host, because browsers would refuse its own domain. A cookie with
 * one of this service's names is dropped, and so is one without a name, which browsers send as if its value were a pair
 * (`=vtex_session=x`).
 */
function passedCookie(cookie: string): readonly string[] {
  const [pair = '', ...attributes] = cookie.split(';');
  const name = cookieName(pair);
  if (!pair.includes('=') || name === '' || OWN_COOKIE.test(name)) return [];
  return [[pair, ...attributes.filter((one) => !/^\s*domain\s*=/i.test(one))].join(';')];
}

/**
 * Redirects are never followed here. One to the other host itself leads to this host instead; `//x` would name a third
 * host.
 */
function withoutOrigin(location: string, origin: string): string {
  const path = location.startsWith(`${origin}/`) ? location.slice(origin.length) : '';
  return path === '' || path.startsWith('//') ? location : path;
}
