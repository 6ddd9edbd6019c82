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
  // Names the metadata of the resource to agents (RFC 9728 section 5.1).
  'www-authenticate',
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

/**
 * Allowed if a preflight asks for them, since one that is refused stops the whole request. With credentials, browsers do
 * not accept `*`.
 */
const AT_REQUEST: readonly RegExp[] = [
  // Clients of VTEX (F-63) and of the Model Context Protocol.
  /^(?:x-vtex|mcp)-[a-z0-9-]{1,64}$/,
  // What libraries for traces add: Sentry, Datadog, Zipkin, New Relic.
  /^(?:baggage|sentry-trace|b3|newrelic|x-(?:b3|datadog)-[a-z0-9-]{1,64})$/,
  /^(?:(?:x-)?request-id|x-correlation-id|x-requested-with|cache-control|pragma)$/,
];

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
    .filter((name) => AT_REQUEST.some((names) => names.test(name)));
  return {
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': [...ALLOWED, ...more].join(', '),
    'access-control-max-age': '600',
  };
}
