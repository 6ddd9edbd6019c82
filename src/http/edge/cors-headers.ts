const EXPOSED = [
  'location',
  'x-total-count',
  'x-page-truncated',
  'link',
  'x-count',
  'count',
  'x-request-id',
  'retry-after',
  'ratelimit',
  'etag',
  'version',
  'idempotency-replayed',
  'x-session-apps-looping',
  'x-session-apps-failed',
  'x-session-inputs-ignored',
  'x-session-inputs-missing',
].join(', ');

/** What routes read, and what browsers that trace their requests add: a preflight without it refuses the request. */
const ALLOWED = [
  'authorization',
  'content-type',
  'accept-language',
  'content-language',
  'emporix-tenant',
  'idempotency-key',
  'last-event-id',
  'session-id',
  'saas-token',
  'traceparent',
  'tracestate',
  'ucp-agent',
  'x-reason',
  'x-total-count',
  'x-version',
];

/** VTEX's own clients send headers with these names; with credentials, browsers do not accept `*` (F-63). */
const VTEX_HEADER = /^x-vtex-[a-z0-9-]{1,64}$/;

/**
 * Browsers do not send bearer tokens by themselves, so any origin may call. Cookies are never included (behaviour C-11
 * for the headers).
 */
export const OPEN_CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED,
} as const;

/** For a page of one origin, with its cookies. */
export const corsFor = (origin: string): Readonly<Record<string, string>> => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': EXPOSED,
});

/** @param asked the header `Access-Control-Request-Headers` */
export function preflightHeaders(asked = ''): Readonly<Record<string, string>> {
  const more = asked
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => VTEX_HEADER.test(name));
  return {
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': [...ALLOWED, ...more].join(', '),
    'access-control-max-age': '600',
  };
}
