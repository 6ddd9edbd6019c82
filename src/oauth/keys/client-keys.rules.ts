import { InvalidInput } from '../../shared/domain-error.js';
import type { Client, KeySet, PublicKey } from '../client.types.js';

/** The keys that a client is given. Null takes them away; undefined leaves them as they are. */
export interface KeyChanges {
  readonly jwks?: KeySet | null | undefined;
  readonly jwksUri?: string | null | undefined;
}

export type ClientKeys = Pick<Client, 'jwks' | 'jwksUri'>;

/**
 * Returns the keys of a client after a change, with the time of those that are new. Giving it one kind takes away the
 * other.
 * @throws InvalidInput
 */
export function changedKeys(
  { kind, jwks, jwksUri }: Pick<Client, 'kind' | 'jwks' | 'jwksUri'>,
  changes: KeyChanges,
  now: Date,
): ClientKeys {
  const given = givenKeys(changes);
  if (given && kind === 'storefront')
    throw InvalidInput.of(
      fieldOf(given),
      'must be left out for a storefront: it is public and proves nothing',
    );
  if (given) return given.jwks ? { jwks: datedKeys(given.jwks, jwks, now) } : given;
  return {
    ...(jwks !== undefined && changes.jwks !== null && { jwks }),
    ...(jwksUri !== undefined && changes.jwksUri !== null && { jwksUri }),
  };
}

/** The keys that a change adds, if any. @throws InvalidInput if it names both kinds */
export function givenKeys({ jwks, jwksUri }: KeyChanges): ClientKeys | undefined {
  const isGiven = (value: unknown) => value !== undefined && value !== null;
  if (isGiven(jwks) && isGiven(jwksUri))
    throw InvalidInput.of('jwksUri', 'must be left out if jwks is given');
  if (jwks) return { jwks };
  return isGiven(jwksUri) && jwksUri ? { jwksUri } : undefined;
}

/** @throws InvalidInput if a backend could not authenticate at all */
export function expectSomeCredential({ kind, secrets, jwks, jwksUri }: Client, field: string): void {
  if (kind === 'storefront' || secrets.length > 0 || jwks !== undefined || jwksUri !== undefined) return;
  throw InvalidInput.of(field, 'is all that the client can authenticate with: give it something else first');
}

/** A key that the client had before keeps its time. */
function datedKeys({ keys }: KeySet, before: KeySet | undefined, now: Date): KeySet {
  return {
    keys: keys.map((key) => {
      const same = before?.keys.find((one) => one.kid === key.kid && isSameKey(one, key));
      const addedAt = same ? same.addedAt : now;
      return { ...key, ...(addedAt && { addedAt }) };
    }),
  };
}

const isSameKey = (one: PublicKey, other: PublicKey): boolean =>
  MATERIAL.every((member) => one[member] === other[member]);

const MATERIAL = ['kty', 'crv', 'x', 'y', 'n', 'e'] as const;

const fieldOf = ({ jwks }: ClientKeys): string => (jwks ? 'jwks' : 'jwksUri');
