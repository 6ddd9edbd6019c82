import type { FastifyRequest } from 'fastify';
import { hasBearer } from '../auth/index.js';
import { textField } from '../rate-limit/index.js';
import { invalidClient, invalidRequest } from './oauth.errors.js';

export interface ClientCredentials {
  readonly clientId: string;
  readonly secret: string;
}

/** Those of a public client have no secret. */
export type ClaimedCredentials = Pick<ClientCredentials, 'clientId'> & Partial<ClientCredentials>;

export interface CredentialFields {
  readonly client_id?: string | undefined;
  readonly client_secret?: string | undefined;
}

/**
 * Reads the client credentials, which are in the body or in a Basic header, never in both (RFC 6749 section 2.3.1). A
 * bearer token is ignored here, because a storefront's HTTP client may send it with every request.
 * @throws OAuthError if they are missing, ambiguous or malformed
 */
export function credentialsOf(authorization: string | undefined, body: CredentialFields): ClientCredentials {
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
): ClaimedCredentials {
  const inBody = authorization === undefined || hasBearer(authorization);
  if (inBody && body.client_id !== undefined && body.client_secret === undefined) {
    return { clientId: body.client_id };
  }
  return credentialsOf(authorization, body);
}

/** Returns the client that the caller claims to be, for counting. Claims that can't be read are counted together. */
export function claimedClientId(
  authorization: string | undefined,
  { client_id = '' }: CredentialFields,
): string {
  if (authorization === undefined || hasBearer(authorization)) return client_id;
  try {
    return fromBasic(authorization).clientId;
  } catch {
    return '';
  }
}

/** What the calls of a client are counted by. */
export function claimedClient({ headers, body }: FastifyRequest): readonly string[] {
  return [claimedClientId(headers.authorization, { client_id: textField(body, 'client_id') })];
}

function fromBody({ client_id, client_secret }: CredentialFields): ClientCredentials {
  if (client_id === undefined) throw invalidRequest('client_id is missing');
  if (client_secret === undefined) throw invalidClient();
  return { clientId: client_id, secret: client_secret };
}

/** Id and secret are form-encoded before they are joined (RFC 6749 section 2.3.1). */
function fromBasic(authorization: string): ClientCredentials {
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
