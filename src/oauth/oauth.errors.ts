import { DomainError, type ErrorKind } from '../shared/domain-error.js';

/** An error response of the OAuth routes (RFC 6749 section 5.2). */
export class OAuthError extends DomainError {
  override readonly details: Readonly<Record<string, unknown>>;

  constructor(
    readonly kind: ErrorKind,
    error: string,
    description: string,
    override readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(description);
    this.details = { error };
  }
}

/** The secret is wrong or there is no such client. The two can't be told apart (behaviour W-03). */
export const invalidClient = (): OAuthError =>
  new OAuthError('unauthenticated', 'invalid_client', 'Client authentication failed', {
    'www-authenticate': 'Basic realm="onesession"',
  });

export const invalidRequest = (description: string): OAuthError =>
  new OAuthError('invalid', 'invalid_request', description);

export const invalidScope = (description: string): OAuthError =>
  new OAuthError('invalid', 'invalid_scope', description);

export const unsupportedGrantType = (): OAuthError =>
  new OAuthError('invalid', 'unsupported_grant_type', 'grant_type must be client_credentials');

/** RFC 6749 section 5.2. */
export const issuedToAnother = (): OAuthError =>
  new OAuthError('invalid', 'invalid_grant', 'The token was issued to another client');

/** RFC 7009 section 2.2.1. */
export const unsupportedTokenType = (): OAuthError =>
  new OAuthError('invalid', 'unsupported_token_type', 'Only access tokens and refresh tokens can be revoked');
