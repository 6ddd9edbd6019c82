/** What is wrong with one field of a request. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** A response that is not 2xx. `message` is the sentence that the service sent. */
export class OneSessionError extends Error {
  override readonly name: string = 'OneSessionError';

  constructor(
    /** HTTP status; 0 if there was no answer. */
    readonly status: number,
    message: string,
    readonly details: readonly FieldError[] = [],
    /** `x-request-id` of the response, by which the operator finds the request in the log. */
    readonly requestId?: string,
    /** Code of a 401, such as `oauth.v2.InvalidAccessToken`. See `docs/errors.md` of the service. */
    readonly code?: string,
  ) {
    super(message);
  }
}

/** There was no response: the network failed, or no service runs at the address. */
export class Unreachable extends OneSessionError {
  override readonly name = 'Unreachable';

  constructor(cause: unknown) {
    super(0, `The service does not answer: ${reasonIn(cause)}`);
    this.cause = cause;
  }
}

/** `fetch` says why in the cause of its error, if at all. */
function reasonIn(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}

/** 400 or 422: `details` says which field and why. */
export class InvalidRequest extends OneSessionError {
  override readonly name = 'InvalidRequest';
}

/** 401: the password is wrong, or the session or the client is gone although the client has renewed its token. */
export class NotSignedIn extends OneSessionError {
  override readonly name = 'NotSignedIn';

  /** Whether another token could help. */
  get isAboutToken(): boolean {
    return /^(oauth|keymanagement)\./.test(this.code ?? 'oauth.');
  }
}

/** 403: the token does not give access to this. */
export class NotAllowed extends OneSessionError {
  override readonly name = 'NotAllowed';
}

/** 404. */
export class NotFound extends OneSessionError {
  override readonly name = 'NotFound';
}

/** 409: somebody else changed it first, or it is there already. Read it and try again. */
export class Conflict extends OneSessionError {
  override readonly name = 'Conflict';
}

/** 429. */
export class TooManyRequests extends OneSessionError {
  override readonly name = 'TooManyRequests';
  /** Seconds to wait. */
  retryAfter = 1;
}

/** 503: try again a little later. */
export class ServiceUnavailable extends OneSessionError {
  override readonly name = 'ServiceUnavailable';
}

const CLASSES: Readonly<Record<number, typeof OneSessionError>> = {
  400: InvalidRequest,
  401: NotSignedIn,
  403: NotAllowed,
  404: NotFound,
  409: Conflict,
  422: InvalidRequest,
  429: TooManyRequests,
  503: ServiceUnavailable,
};

/** Reads the answer's body in each of the shapes that the service has: its own, RFC 9457, and OAuth's. */
export async function errorOf(response: Response): Promise<OneSessionError> {
  const body = fieldsIn(await response.text().catch(() => ''));
  const fault = body['fault'] as { faultstring?: string; detail?: { errorcode?: string } } | undefined;
  const sentence =
    body['message'] ?? body['detail'] ?? body['error_description'] ?? fault?.faultstring ?? body['title'];
  const details = Array.isArray(body['details']) ? (body['details'] as FieldError[]) : [];
  const message = typeof sentence === 'string' ? sentence : `The answer was ${response.status}`;
  const Class = CLASSES[response.status] ?? OneSessionError;
  const error = new Class(
    response.status,
    message,
    details,
    response.headers.get('x-request-id') ?? undefined,
    fault?.detail?.errorcode,
  );
  if (error instanceof TooManyRequests) error.retryAfter = Number(response.headers.get('retry-after')) || 1;
  return error;
}

function fieldsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
