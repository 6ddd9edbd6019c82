import { STATUS_CODES } from 'node:http';
import type { Type } from '@nestjs/common';
import { clip } from '../../shared/clip.js';
import type { Fault } from '../../shared/domain-error.js';
import { UcpErrorDto, ucpErrorBody } from './ucp-errors.js';
import { CodedErrorDto, PlainErrorDto, ProblemDetailsDto, TypedErrorDto } from './refusals.js';

/** A failed request, before it gets the error body of its service. */
export interface Failure {
  readonly status: number;
  readonly message: string;
  /** Emporix' classification, for example `resource_not_found`. */
  readonly type: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * In characters. Text of the caller's is clipped where it is added to a message; this limits everything else.
 */
const LONGEST_MESSAGE = 4000;

/** Emporix' word for each status. */
const TYPES: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'resource_not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  409: 'conflict_resource',
  413: 'payload_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  417: 'expectation_failed',
  422: 'unprocessable_content',
  429: 'too_many_requests',
  431: 'request_headers_too_large',
  502: 'bad_gateway',
  503: 'service_unavailable',
  504: 'gateway_timeout',
  508: 'loop_detected',
};

export const failure = (status: number, message: string, details: Failure['details'] = {}): Failure => ({
  status,
  message: clip(message, LONGEST_MESSAGE),
  type: TYPES[status] ?? 'internal_service_error',
  details,
});

type Body = Record<string, unknown>;

const codeAndMessage = (f: Failure): Body => ({ ...f.details, code: f.status, message: f.message });

const codeStatusMessage = (f: Failure): Body => ({
  code: f.status,
  status: STATUS_CODES[f.status] ?? 'Error',
  message: f.message,
  ...f.details,
});

const typeStatusMessage = (f: Failure): Body => ({
  type: f.type,
  status: f.status,
  message: f.message,
  ...f.details,
});

/** RFC 6749 section 5.2. The refusal itself provides `error`. */
const oauth = (f: Failure): Body => ({
  error: f.status < 500 ? 'invalid_request' : 'server_error',
  ...f.details,
  error_description: f.message,
});

/** VTEX' checkout answers like this, and its clients look for `error.message`. */
const vtexCheckout = (f: Failure): Body => ({
  error: { code: String(f.status), message: f.message, exception: null },
});

/** RFC 9457. `errors` are the problems of single fields. */
const problem = ({ status, message, details: { details, ...more } }: Failure): Body => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  detail: message,
  ...(details !== undefined && { errors: details }),
  ...more,
});

/** How a group of routes reports failures. */
export interface ErrorFamily {
  readonly body: (failed: Failure) => Body;
  /** The body in the API description: a class, or the name of its schema. */
  readonly schema: Type | string;
  readonly mediaType: 'application/json' | 'application/problem+json';
  /** Whether a 401 has a body of its own, `FaultDto` (behaviour W-43). */
  readonly hasFaults: boolean;
}

const family = (body: ErrorFamily['body'], schema: ErrorFamily['schema']): ErrorFamily => ({
  body,
  schema,
  mediaType: 'application/json',
  hasFaults: true,
});

const CODED = family(codeStatusMessage, CodedErrorDto);
const TYPED = family(typeStatusMessage, TypedErrorDto);
const PROBLEMS: ErrorFamily = {
  body: problem,
  schema: ProblemDetailsDto,
  mediaType: 'application/problem+json',
  hasFaults: false,
};
/** Routes of the Universal Commerce Protocol. */
const UCP: ErrorFamily = { ...family(ucpErrorBody, UcpErrorDto), hasFaults: false };
const VTEX_CHECKOUT = family(vtexCheckout, CodedErrorDto);

/** Error family by the first segment of the path: each Emporix service has its own error body (behaviour W-44). */
const FAMILIES: Readonly<Record<string, ErrorFamily>> = {
  'session-context': family(codeAndMessage, PlainErrorDto),
  cart: CODED,
  customer: TYPED,
  customerlogin: TYPED,
  site: TYPED,
  price: CODED,
  oauth: { ...family(oauth, 'OAuthErrorDto'), hasFaults: false },
  ucp: UCP,
};

/** Routes of this project's own, whose format no other API prescribes. */
const takesProblems = (path: string): boolean =>
  PROBLEM_ROUTES.test(path) && !OLDER_SESSION_ROUTES.test(path);

const PROBLEM_ROUTES =
  /^\/(?:console|handover|admin\/(?:tenants|signing-keys|stored-secrets|[^/?]+\/(?:customers|sessions|segments|jobs|audit|events|console-links)))(?:[/?]|$)/;
const OLDER_SESSION_ROUTES = /^\/admin\/[^/?]+\/sessions\/[^/?]+\/(?:explain|dry-run)(?:[/?]|$)/;

const UCP_DISCOVERY = /^\/\.well-known\/ucp(?:[/?]|$)/;

/** @param path the template of the matched route, or the requested URL if no route matched */
export function errorFamily(path: string): ErrorFamily {
  if (takesProblems(path)) return PROBLEMS;
  if (UCP_DISCOVERY.test(path)) return UCP;
  const service = serviceIn(path);
  if (service === 'api' && /^[^?]*\/api\/checkout(?:[/?]|$)/.test(path)) return VTEX_CHECKOUT;
  return (Object.hasOwn(FAMILIES, service) ? FAMILIES[service] : undefined) ?? CODED;
}

/** @param path as for `errorFamily` */
export const errorMediaType = (path: string): string => `${errorFamily(path).mediaType}; charset=utf-8`;

/** @param path as for `errorFamily` */
export const errorBody = (path: string, failed: Failure): Body => errorFamily(path).body(failed);

/**
 * Returns the first segment of a target, which may be a whole URL (RFC 9112 section 3.2.2) and may contain escapes:
 * `/%63art` is `/cart`.
 */
function serviceIn(target: string): string {
  const path = target.startsWith('/') ? target : (URL.parse(target)?.pathname ?? '');
  const [, service = ''] = path.split(/[/?]/, 2);
  try {
    return decodeURIComponent(service);
  } catch {
    return service;
  }
}

/** A credential that opens nothing gets the same body on every shop route (behaviour W-43). */
const FAULTS = {
  'invalid-token': ['Invalid access token', 'oauth.v2.InvalidAccessToken'],
  'expired-token': ['Access Token expired', 'keymanagement.service.access_token_expired'],
  'unknown-client': ['No storefront client of this tenant has this client_id', 'oauth.v2.InvalidClientId'],
  'not-for-guests': [
    'The trade policy in public.sc does not exist or is not open to guests: choose another one, or log in',
    'vtex.TradePolicyNotAllowed',
  ],
  'no-session': [
    'The session token, such as the cookie vtex_session, is missing, has ended or belongs to another account',
    'vtex.NoSession',
  ],
  'used-link': [
    'The link was used already, is older than five minutes, or is not one of ours: ask for a new one',
    'console.UsedLink',
  ],
  'dead-handover': [
    'The link was used already, is too old, or its session has ended: ask for a new one',
    'handover.DeadLink',
  ],
  'not-opted-in': [
    'The account is not activated yet: follow the link that was mailed',
    'customer.NotOptedIn',
  ],
  blocked: ['The account is blocked: ask the shop', 'customer.AccountBlocked'],
  'wrong-credentials': ['The e-mail or the password is wrong', 'customer.InvalidCredentials'],
} as const satisfies Record<Fault, readonly [string, string]>;

/** @param path as for `errorFamily` */
export function faultBody(path: string, fault: Fault): Body {
  const [faultstring, errorcode] = FAULTS[fault];
  const { body } = errorFamily(path);
  if (body === problem || body === ucpErrorBody) return body(failure(401, faultstring));
  return { fault: { faultstring, detail: { errorcode } } };
}

/**
 * Returns the challenge of a 401, which names the required scheme and says why the token was refused (RFC 6750 section
 * 3).
 */
export function challengeOf(fault: Fault): string {
  const [description] = FAULTS[fault];
  return `Bearer realm="onesession", error="invalid_token", error_description="${description}"`;
}
