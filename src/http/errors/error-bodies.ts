import { STATUS_CODES } from 'node:http';
import type { Type } from '@nestjs/common';
import { clip } from '../../shared/clip.js';
import type { Fault } from '../../shared/domain-error.js';
import { CodedErrorDto, PlainErrorDto, ProblemDetailsDto, TypedErrorDto } from './refusals.js';

/** What is told of a failed request, before it takes the shape of its service's wire. */
export interface Failure {
  readonly status: number;
  readonly message: string;
  /** Emporix' classification, e.g. `resource_not_found`. */
  readonly type: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** In characters. What a message repeats of the caller's is clipped where it is put in; this is for all the rest. */
const LONGEST_MESSAGE = 4000;

/** Emporix' words for a status. */
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

/** RFC 6749 section 5.2; `error` comes with the refusal. */
const oauth = (f: Failure): Body => ({
  error: f.status < 500 ? 'invalid_request' : 'server_error',
  ...f.details,
  error_description: f.message,
});

/** VTEX' checkout answers like this, and its clients look for `error.message`. */
const vtexCheckout = (f: Failure): Body => ({
  error: { code: String(f.status), message: f.message, exception: null },
});

/** RFC 9457; `errors` are the problems of single fields. */
const problem = ({ status, message, details: { details, ...more } }: Failure): Body => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  detail: message,
  ...(details !== undefined && { errors: details }),
  ...more,
});

/** How the routes of one wire tell of failures. */
export interface ErrorFamily {
  readonly body: (failed: Failure) => Body;
  /** What the description calls this body: a class, or the name of its schema. */
  readonly schema: Type | string;
  readonly mediaType: 'application/json' | 'application/problem+json';
  /** The body of a 401 where it differs (behaviour W-43). */
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
const VTEX_CHECKOUT = family(vtexCheckout, CodedErrorDto);

/** By the first segment of the path: each Emporix service has its own error body (behaviour W-44). */
const FAMILIES: Readonly<Record<string, ErrorFamily>> = {
  'session-context': family(codeAndMessage, PlainErrorDto),
  cart: CODED,
  customer: TYPED,
  customerlogin: TYPED,
  site: TYPED,
  price: CODED,
  oauth: { ...family(oauth, 'OAuthErrorDto'), hasFaults: false },
};

/** Our own newer routes, whose wire nobody else prescribes. */
const takesProblems = (path: string): boolean => /^\/admin\/[^/?]+\/customers(?:[/?]|$)/.test(path);

/** @param path the template of the route that matched, or what was asked for where none did */
export function errorFamily(path: string): ErrorFamily {
  if (takesProblems(path)) return PROBLEMS;
  const service = serviceIn(path);
  if (service === 'api' && /^[^?]*\/api\/checkout(?:[/?]|$)/.test(path)) return VTEX_CHECKOUT;
  return (Object.hasOwn(FAMILIES, service) ? FAMILIES[service] : undefined) ?? CODED;
}

/** @param path as for `errorFamily` */
export const errorMediaType = (path: string): string => `${errorFamily(path).mediaType}; charset=utf-8`;

/** @param path as for `errorFamily` */
export const errorBody = (path: string, failed: Failure): Body => errorFamily(path).body(failed);

/** Also of a whole URL (RFC 9112 section 3.2.2), and with escapes: `/%63art` is `/cart`. */
function serviceIn(target: string): string {
  const path = target.startsWith('/') ? target : (URL.parse(target)?.pathname ?? '');
  const [, service = ''] = path.split(/[/?]/, 2);
  try {
    return decodeURIComponent(service);
  } catch {
    return service;
  }
}

/** A credential that opens nothing answers the same body on every shop route (behaviour W-43). */
const FAULTS = {
  'invalid-token': ['Invalid access token', 'oauth.v2.InvalidAccessToken'],
  'expired-token': ['Access Token expired', 'keymanagement.service.access_token_expired'],
  'unknown-client': ['No storefront client of this tenant has this client_id', 'oauth.v2.InvalidClientId'],
  'not-for-guests': [
    'The trade policy that public.sc asks for is not for guests: log in, or ask for another one',
    'vtex.TradePolicyNotAllowed',
  ],
  'no-session': ['The cookie vtex_session is missing, ended or of another account', 'vtex.NoSession'],
  'not-opted-in': [
    'The account is not activated yet: follow the link that was mailed',
    'customer.NotOptedIn',
  ],
  'wrong-credentials': ['The e-mail or the password is wrong', 'customer.InvalidCredentials'],
} as const satisfies Record<Fault, readonly [string, string]>;

/** @param path as for `errorFamily` */
export function faultBody(path: string, fault: Fault): Body {
  const [faultstring, errorcode] = FAULTS[fault];
  if (takesProblems(path)) return problem(failure(401, faultstring));
  return { fault: { faultstring, detail: { errorcode } } };
}

/** RFC 6750 section 3: every 401 says which scheme is asked for, and why this token was refused. */
export function challengeOf(fault: Fault): string {
  const [description] = FAULTS[fault];
  return `Bearer realm="onesession", error="invalid_token", error_description="${description}"`;
}
