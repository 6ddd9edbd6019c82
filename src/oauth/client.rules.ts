import { secondsAfter } from '../shared/clock.js';
import { Forbidden, InvalidInput, VersionConflict } from '../shared/domain-error.js';
import { changedKeys, expectSomeCredential, givenKeys, type KeyChanges } from './keys/client-keys.rules.js';
import type { AuthMethod, Client, ClientSecret } from './client.types.js';

/** The scope that a client manager holds. */
const MANAGE_CLIENTS = 'client.client_manage';

export interface ClientDraft extends KeyChanges {
  readonly clientId: string;
  readonly kind: Client['kind'];
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly scopes?: readonly string[] | undefined;
}

/** Changes of a client. Absent fields stay as they are. */
export interface ClientChanges extends KeyChanges {
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly scopes?: readonly string[] | undefined;
  /** Whether all tokens that the client has are to end, as when its key leaked. */
  readonly endTokens?: boolean | undefined;
}

/** The client whose token asks for a change. */
export interface Manager {
  readonly clientId: string;
  /** The scopes of its token, in canonical spelling. */
  readonly scopes: readonly string[];
}

/** Random and current values for the new record. */
export interface Made {
  readonly epoch: string;
  readonly now: Date;
}

/** Returns a new client. @param secretHash of a backend without keys @throws InvalidInput | Forbidden */
export function newClient(
  tenant: string,
  by: Manager,
  draft: ClientDraft,
  { epoch, now, secretHash }: Made & { readonly secretHash?: string | undefined },
): Client {
  const { clientId, kind, name, enabled = true, scopes = [] } = draft;
  refuseWrongScopes(kind, scopes);
  refuseEscalation(by, scopes);
  return {
    clientId,
    tenant,
    kind,
    ...(name !== undefined && { name }),
    enabled,
    secrets: secretHash === undefined ? [] : [{ hash: secretHash }],
    ...changedKeys({ kind }, draft, now),
    scopes: [...new Set(scopes)],
    epoch,
    createdAt: now,
    modifiedAt: now,
    version: 1,
  };
}

/** Returns the client with these changes. @throws VersionConflict | InvalidInput | Forbidden */
export function changedClient(
  current: Client,
  by: Manager,
  changes: ClientChanges,
  { expected, epoch, now }: Made & { readonly expected: number },
): Client {
  expectVersion(current, expected);
  const { name = current.name, enabled = current.enabled, scopes = current.scopes } = changes;
  refuseWrongScopes(current.kind, scopes);
  refuseEscalation(
    by,
    scopes.filter((scope) => !current.scopes.includes(scope)),
  );
  // The private key opens all that the client may do.
  if (givenKeys(changes)) refuseEscalation(by, scopes);
  if (by.clientId === current.clientId) refuseLockingOut(enabled, scopes);
  const { jwks: before, jwksUri: _uri, ...rest } = current;
  const next = {
    ...rest,
    ...changedKeys(current, changes, now),
    ...(name !== undefined && { name }),
    enabled,
    scopes: [...new Set(scopes)],
    epoch: changes.endTokens ? epoch : current.epoch,
    modifiedAt: now,
    version: current.version + 1,
  };
  expectSomeCredential(next, before ? 'jwks' : 'jwksUri');
  return next;
}

/**
 * Returns the client with a new secret. The secret grants everything that the client may do, so the manager must hold
 * those scopes too.
 * @param overlapSeconds how long earlier secrets stay valid. With 0, for a secret that leaked, they end now, and so do
 * the tokens obtained with them.
 * @throws VersionConflict | InvalidInput | Forbidden
 */
export function withNewSecret(
  current: Client,
  by: Manager,
  secretHash: string,
  {
    expected,
    overlapSeconds,
    epoch,
    now,
  }: Made & { readonly expected: number; readonly overlapSeconds: number },
): Client {
  expectVersion(current, expected);
  if (current.kind === 'storefront')
    throw InvalidInput.of('clientId', 'is a storefront, which has no secret');
  refuseEscalation(by, current.scopes);
  const endsAt = secondsAfter(now, overlapSeconds);
  const earlier = goodSecrets(current, now).map((secret) => ({
    ...secret,
    endsAt: earliest(secret, endsAt),
  }));
  return {
    ...current,
    secrets: [{ hash: secretHash }, ...(overlapSeconds === 0 ? [] : earlier)],
    epoch: overlapSeconds === 0 ? epoch : current.epoch,
    modifiedAt: now,
    version: current.version + 1,
  };
}

/** Returns the client without secrets: from now on it authenticates with its keys. @throws InvalidInput */
export function withoutSecrets(current: Client, now: Date): Client {
  if (current.secrets.length === 0) return current;
  const next = { ...current, secrets: [], modifiedAt: now, version: current.version + 1 };
  expectSomeCredential(next, 'secret');
  return next;
}

/** How much longer than needed a client counts as one with revoked tokens, so that it is rarely written. */
const REVOKED_LONGER_SECONDS = 3600;

/** Returns the client as one with a revoked token that expires then. @returns the same if it is one already */
export function withRevokedUntil(current: Client, expiresAt: Date): Client {
  if (current.revokedUntil && current.revokedUntil >= expiresAt) return current;
  return { ...current, revokedUntil: secondsAfter(expiresAt, REVOKED_LONGER_SECONDS) };
}

export const goodSecrets = ({ secrets }: Client, now: Date): readonly ClientSecret[] =>
  secrets.filter(({ endsAt }) => endsAt === undefined || endsAt > now);

/** A client may have a secret and keys at once, while it changes from one to the other. */
export function authMethodsOf(client: Client, now: Date): readonly AuthMethod[] {
  if (client.kind === 'storefront') return ['none'];
  return [
    ...(goodSecrets(client, now).length > 0 ? (['client_secret_basic', 'client_secret_post'] as const) : []),
    ...(client.jwks || client.jwksUri !== undefined ? (['private_key_jwt'] as const) : []),
  ];
}

/** A client can't remove itself: nobody could replace the last manager. @throws InvalidInput */
export function refuseRemovingSelf(by: Manager, clientId: string): void {
  if (by.clientId === clientId)
    throw InvalidInput.of('clientId', 'is your own client: use another client to remove it');
}

const earliest = ({ endsAt }: ClientSecret, other: Date): Date => (endsAt && endsAt < other ? endsAt : other);

function expectVersion({ version }: Client, expected: number): void {
  if (expected !== version) throw new VersionConflict(expected, version);
}

function refuseWrongScopes(kind: Client['kind'], scopes: readonly string[]): void {
  if (kind === 'storefront' && scopes.length > 0) {
    throw InvalidInput.of('scopes', 'must be empty for a storefront: anybody can use its id');
  }
  if (kind === 'backend' && scopes.length === 0) {
    throw InvalidInput.of('scopes', 'must name at least one for a backend: without scopes it gets no token');
  }
}

/** Nobody can give scopes that they do not hold. */
function refuseEscalation(by: Manager, scopes: readonly string[]): void {
  const missing = scopes.filter((scope) => !by.scopes.includes(scope));
  if (missing.length === 0) return;
  throw new Forbidden(
    "scopes: your own token does not hold all of them, so you can't give them",
    missing.map((scope) => `missing scope: ${scope}`),
  );
}

function refuseLockingOut(enabled: boolean, scopes: readonly string[]): void {
  if (!enabled)
    throw InvalidInput.of(
      'enabled',
      "can't be false for your own client: use another client to switch it off",
    );
  if (!scopes.includes(MANAGE_CLIENTS)) {
    throw InvalidInput.of(
      'scopes',
      `must keep ${MANAGE_CLIENTS} for your own client: use another client to remove it`,
    );
  }
}
