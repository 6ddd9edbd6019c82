import { hasBearer } from '../auth/index.js';
import { invalidClient, invalidRequest } from './oauth.errors.js';

export interface ClientCredentials {
  readonly clientId: string;
  readonly secret: string;
}

export interface CredentialFields {
  readonly client_id?: string | undefined;
  readonly client_secret?: string | undefined;
}

/**
 * RFC 6749 section 2.3.1: the credentials are in the body or in a Basic header, never in both. A bearer token is what a
 * storefront's HTTP client sends to everybody: it says nothing here.
 * @throws OAuthError
 */
export function credentialsOf(authorization: string | undefined, body: CredentialFields): ClientCredentials {
  if (authorization === undefined || hasBearer(authorization)) return fromBody(body);
  if (body.client_secret !== undefined) {
    throw invalidRequest('Send the client credentials in the header or in the body, not in both');
  }
  const credentials = fromBasic(authorization);
  if (body.client_id !== undefined && body.client_id !== credentials.clientId) {
    throw invalidRequest('client_id is another one than that of the header');
  }
  return credentials;
}

/** Whom the caller says it is, for counting; claims that can't be read count together. */
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

function fromBody({ client_id, client_secret }: CredentialFields): ClientCredentials {
  if (client_id === undefined) throw invalidRequest('client_id is missing');
  if (client_secret === undefined) throw invalidClient();
  return { clientId: client_id, secret: client_secret };
}

/** The two are form-encoded before they are joined (RFC 6749 section 2.3.1). */
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
