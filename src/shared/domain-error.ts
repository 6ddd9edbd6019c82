import { clip } from './clip.js';

/** Why a use case was refused. Anything else that is thrown is a bug and becomes 500. */
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

/** One of several problems: which field, and what to do about it. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  /** Extra top-level fields of the error body, for example `{ sessionId }`. */
  readonly details: Readonly<Record<string, unknown>> = {};
  readonly headers: Readonly<Record<string, string>> = {};
}

/** Any further problems are counted instead of listed: a refusal must not grow with the body that it refuses. */
const MOST_PROBLEMS = 20;

/** In characters. Fields and messages may repeat what the caller sent. */
const LONGEST_FIELD = 120;
const LONGEST_MESSAGE = 400;

/** The caller sent something that can't be accepted. Each problem names its field. */
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

/**
 * Why a credential opens nothing. It may be unknown or ended, or expired; the e-mail and the password may not match, or
 * the account may be blocked, or not activated yet. Or there is no credential where only a customer is served.
 */
export type Fault =
  | 'invalid-token'
  | 'expired-token'
  | 'wrong-credentials'
  | 'not-opted-in'
  | 'blocked'
  | 'unknown-client'
  | 'not-for-guests'
  | 'no-session'
  | 'used-link'
  | 'dead-handover';

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

/** A service token lacks a scope that the request needs, or the token can't have one (RFC 6750 section 3.1). */
export class InsufficientScope extends Forbidden {
  override readonly headers: Readonly<Record<string, string>>;

  /** @param wanted one of these scopes is enough */
  constructor(wanted: readonly string[]) {
    super('User not authorized', [`missing scope: ${wanted.join(' or ')}`]);
    const challenge = `error="insufficient_scope", scope="${wanted.join(' ')}"`;
    this.headers = { 'www-authenticate': `Bearer realm="onesession", ${challenge}` };
  }
}

/** Something that the answer depends on does not respond. Safe to retry. */
export class Unavailable extends DomainError {
  override readonly kind = 'unavailable';
  override readonly headers = { 'retry-after': '1' };
  /** True if the log has already been told once, on behalf of many refusals. */
  readonly logged: boolean = false;
}

/** The store can't answer now, or did not confirm whether it wrote. */
export class StoreUnavailable extends Unavailable {
  constructor(options?: ErrorOptions) {
    super('The store does not answer at the moment; try again', options);
  }
}

/** The store is known to be unavailable, so it was not asked. */
export class StoreAway extends StoreUnavailable {
  override readonly logged = true;
}

/** The request was abandoned before it was done. What it writes may still be written. */
export class TookTooLong extends Unavailable {
  constructor() {
    super('The request took too long; try again');
  }
}

/** Too many requests are in flight. Nothing was done. */
export class Overloaded extends Unavailable {
  override readonly logged = true;

  constructor() {
    super('Too many requests at once; try again');
  }
}

/** The request conflicts with what is stored. */
export class Conflict extends DomainError {
  override readonly kind = 'already-exists';
}

/** Somebody else made a change first: the caller's version is not the stored one (W-27, W-46, D-08). */
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
    super(`This path accepts only ${allowed.join(', ')}`);
    this.headers = { allow: allowed.join(', ') };
  }
}

export class UnsupportedMediaType extends DomainError {
  override readonly kind = 'unsupported-media-type';
}
