import { clip } from './clip.js';

/** Why a use case was refused. It knows no HTTP. Anything else that is thrown is a bug: 500. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'version-conflict'
  | 'already-exists'
  | 'method-not-allowed'
  | 'too-large'
  | 'unsupported-media-type'
  | 'rate-limited'
  | 'unavailable';

/** One problem of several: which field, and what to do. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  /** Extra top-level fields of the wire body, e.g. `{ sessionId }`. */
  readonly details: Readonly<Record<string, unknown>> = {};
  readonly headers: Readonly<Record<string, string>> = {};
}

/** More are counted, not listed: a refusal must not grow with the body that it refuses. */
const MOST_PROBLEMS = 20;

/** In characters: fields and messages repeat what the caller sent. */
const LONGEST_FIELD = 120;
const LONGEST_MESSAGE = 400;

/** The caller sent something that can't be taken; each problem names its field. */
export class InvalidInput extends DomainError {
  override readonly kind = 'invalid';
  override readonly details: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const told = problems.slice(0, MOST_PROBLEMS).map(clipped);
    const rest = problems.length - told.length;
    const more = rest > 0 ? [`and ${rest} more`] : [];
    super([...told.map((p) => `${p.field}: ${p.message}`), ...more].join('; '));
    this.problems = told;
    this.details = { details: [...told, ...more] };
  }

  static of(field: string, message: string): InvalidInput {
    return new InvalidInput([{ field, message }]);
  }
}

const clipped = ({ field, message }: Problem): Problem => ({
  field: clip(field, LONGEST_FIELD),
  message: clip(message, LONGEST_MESSAGE),
});

/** Why a credential opens nothing: it is not ours or ended, its time is over, e-mail and password do not fit, or they
 * do and the account is not activated yet; or no credential came where only a customer is served. */
export type Fault =
  | 'invalid-token'
  | 'expired-token'
  | 'wrong-credentials'
  | 'not-opted-in'
  | 'unknown-client'
  | 'not-for-guests'
  | 'no-session';

export class Unauthenticated extends DomainError {
  override readonly kind = 'unauthenticated';

  constructor(readonly fault: Fault = 'invalid-token') {
    super(fault);
  }
}

export class TooLarge extends DomainError {
  override readonly kind = 'too-large';
}

export class Forbidden extends DomainError {
  override readonly kind = 'forbidden';
  override readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, details?: readonly string[]) {
    super(message);
    this.details = details ? { details } : {};
  }
}

/** A service token without a scope that the request needs, or a token that can't have one (RFC 6750 section 3.1). */
export class InsufficientScope extends Forbidden {
  override readonly headers: Readonly<Record<string, string>>;

  /** @param wanted one of these would do */
  constructor(wanted: readonly string[]) {
    super('User not authorized', [`missing scope: ${wanted.join(' or ')}`]);
    const challenge = `error="insufficient_scope", scope="${wanted.join(' ')}"`;
    this.headers = { 'www-authenticate': `Bearer realm="onesession", ${challenge}` };
  }
}

/** Something that the answer needs does not answer itself: safe to try again. */
export class Unavailable extends DomainError {
  override readonly kind = 'unavailable';
  override readonly headers = { 'retry-after': '1' };
  /** Who refuses many at once has told the log once. */
  readonly logged: boolean = false;
}

/** The store can't answer now, or did not say whether it wrote. */
export class StoreUnavailable extends Unavailable {
  constructor(options?: ErrorOptions) {
    super('The store does not answer at the moment; try again', options);
  }
}

/** The store is known to be away: it was not asked. */
export class StoreAway extends StoreUnavailable {
  override readonly logged = true;
}

/** It was given up before it was done; what it writes may still be written. */
export class TookTooLong extends Unavailable {
  constructor() {
    super('The request took too long; try again');
  }
}

/** Too many requests are under way; nothing was done. */
export class Overloaded extends Unavailable {
  override readonly logged = true;

  constructor() {
    super('Too many requests at once; try again');
  }
}

/** What is asked for does not go together with what is there. */
export class Conflict extends DomainError {
  override readonly kind = 'already-exists';
}

/** Somebody else changed it first: the caller's version is not the stored one (W-27, W-46, D-08). */
export class VersionConflict extends DomainError {
  override readonly kind = 'version-conflict';
  override readonly details: Readonly<Record<string, unknown>>;

  constructor(expected: number, current: number) {
    super(`metadata.version ${expected} is not the current version; read again and retry`);
    this.details = { metadata: { version: current } };
  }
}

export class MethodNotAllowed extends DomainError {
  override readonly kind = 'method-not-allowed';
  override readonly headers: Readonly<Record<string, string>>;

  constructor(allowed: readonly string[]) {
    super(`This path takes ${allowed.join(', ')} only`);
    this.headers = { allow: allowed.join(', ') };
  }
}

export class UnsupportedMediaType extends DomainError {
  override readonly kind = 'unsupported-media-type';
}
