import type { FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import { hasBearer } from '../auth/index.js';
import { textField } from '../rate-limit/index.js';
import { invalidClient, invalidRequest } from './oauth.errors.js';

export interface SecretCredentials {
  readonly clientId: string;
  readonly secret: string;
}

/** A JWT that the client signed (RFC 7523 section 2.2). */
export interface AssertionCredentials {
  /** If it was sent: the assertion names the client as well. */
  readonly clientId?: string;
  readonly assertion: string;
}

export type ClientCredentials = SecretCredentials | AssertionCredentials;

/** A public client sends its id alone. */
export interface PublicCredentials {
  readonly clientId: string;
}

export interface CredentialFields {
  readonly client_id?: string | undefined;
  readonly client_secret?: string | undefined;
  readonly client_assertion?: string | undefined;
  readonly client_assertion_type?: string | undefined;
}

/** The form fields with which a client authenticates. */
export const CREDENTIAL_FIELDS = [
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
] as const;

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** No client needs more, and a longer one would only cost time. */
const LONGEST_ASSERTION = 8_192;

/**
 * Reads the client credentials: a secret in the body or in a Basic header, or an assertion in the body, and only one of
 * them (RFC 6749 section 2.3). A bearer token is ignored here, because a storefront's HTTP client may send it with every
 * request.
 * @throws OAuthError if they are missing, ambiguous or malformed
 */
export function credentialsOf(authorization: string | undefined, body: CredentialFields): ClientCredentials {
  const assertion = assertionOf(authorization, body);
  if (assertion) return assertion;
  if (authorization === undefined || hasBearer(authorization)) return fromBody(body);
  if (body.client_secret !== undefined) {
    throw invalidRequest('Send the client credentials in the header or in the body, not in both');
  }
  const credentials = fromBasic(authorization);
  if (body.client_id !== undefined && body.client_id !== credentials.clientId) {
    throw invalidRequest('client_id differs from the client id in the Authorization header');
  }
  return credentials;
}

/** As `credentialsOf`, for a route that also serves public clients, which send their id alone. @throws OAuthError */
export function claimedCredentials(
  authorization: string | undefined,
  body: CredentialFields,
): ClientCredentials | PublicCredentials {
  const assertion = assertionOf(authorization, body);
  if (assertion) return assertion;
  const inBody = authorization === undefined || hasBearer(authorization);
  if (inBody && body.client_id !== undefined && body.client_secret === undefined) {
    return { clientId: body.client_id };
  }
  return credentialsOf(authorization, body);
}

/** Returns the client that the caller claims to be, for counting. Claims that can't be read are counted together. */
export function claimedClientId(
  authorization: string | undefined,
  { client_id, client_assertion }: CredentialFields,
): string {
  if (authorization === undefined || hasBearer(authorization)) {
    return client_id || subjectOf(client_assertion ?? '');
  }
  try {
    return fromBasic(authorization).clientId;
  } catch {
    return '';
  }
}

/** What the calls of a client are counted by. */
export function claimedClient({ headers, body }: FastifyRequest): readonly string[] {
  const claimed = {
    client_id: textField(body, 'client_id'),
    client_assertion: textField(body, 'client_assertion'),
  };
  return [claimedClientId(headers.authorization, claimed)];
}

/** Returns the client that an assertion names, with any signature; empty if it can't be read. */
export function subjectOf(assertion: string): string {
  if (assertion.length > LONGEST_ASSERTION) return '';
  try {
    const { sub } = decodeJwt(assertion);
    return typeof sub === 'string' ? sub : '';
  } catch {
    return '';
  }
}

function assertionOf(
  authorization: string | undefined,
  { client_id, client_secret, client_assertion: assertion, client_assertion_type: type }: CredentialFields,
): AssertionCredentials | undefined {
  if (assertion === undefined && type === undefined) return undefined;
  const inHeader = authorization !== undefined && !hasBearer(authorization);
  if (client_secret !== undefined || inHeader) {
    throw invalidRequest('Authenticate with a secret or with an assertion, not with both');
  }
  if (assertion === undefined) throw invalidRequest('client_assertion is missing');
  if (type === undefined) throw invalidRequest('client_assertion_type is missing');
  if (type !== JWT_BEARER || assertion.length > LONGEST_ASSERTION) throw invalidClient();
  return { assertion, ...(client_id !== undefined && { clientId: client_id }) };
}

function fromBody({ client_id, client_secret }: CredentialFields): SecretCredentials {
  if (client_id === undefined) throw invalidRequest('client_id is missing');
  if (client_secret === undefined) throw invalidClient();
  return { clientId: client_id, secret: client_secret };
}

/** Id and secret are form-encoded before they are joined (RFC 6749 section 2.3.1). */
function fromBasic(authorization: string): SecretCredentials {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization) ?? [];
  if (encoded === undefined) throw invalidClient();
  const [id, ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { clientId: formDecode(id ?? ''), secret: formDecode(rest.join(':')) };
}

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidClient();
  }
}
