import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/domain-error.js';
import type { Client, KeySet } from '../client.types.js';
import { changedKeys, expectSomeCredential, givenKeys } from './client-keys.rules.js';

const KEY = { kty: 'OKP', crv: 'Ed25519', x: 'x' };
const JWKS: KeySet = { keys: [KEY] };
const BEFORE = new Date('2026-01-15T12:00:00Z');
const NOW = new Date('2026-11-29T12:00:00Z');
const URI = 'https://client.test/jwks.json';

const backend = (over: Partial<Client> = {}): Pick<Client, 'kind' | 'jwks' | 'jwksUri'> => ({
  kind: 'backend',
  ...over,
});

describe('The keys of a client', () => {
  it('are of one kind: a new one takes the place of the other', () => {
    expect(changedKeys(backend({ jwks: JWKS }), { jwksUri: URI }, NOW)).toEqual({ jwksUri: URI });
    expect(changedKeys(backend({ jwksUri: URI }), { jwks: JWKS }, NOW)).toEqual({
      jwks: { keys: [{ ...KEY, addedAt: NOW }] },
    });
    expect(() => givenKeys({ jwks: JWKS, jwksUri: URI })).toThrow(InvalidInput);
  });

  it('stay if nothing is said of them, and go with null', () => {
    expect(changedKeys(backend({ jwks: JWKS }), {}, NOW)).toEqual({ jwks: JWKS });
    expect(changedKeys(backend({ jwks: JWKS }), { jwks: null }, NOW)).toEqual({});
    expect(changedKeys(backend({ jwksUri: URI }), { jwks: null }, NOW)).toEqual({ jwksUri: URI });
    expect(changedKeys(backend({ jwksUri: URI }), { jwksUri: null }, NOW)).toEqual({});
  });

  it('keep the time at which the client got them, under the same name only', () => {
    const before = {
      keys: [
        { ...KEY, kid: 'a', addedAt: BEFORE },
        { ...KEY, x: 'y' },
      ],
    };
    const changed = (keys: KeySet['keys']) => changedKeys(backend({ jwks: before }), { jwks: { keys } }, NOW);
    expect(
      changed([
        { ...KEY, kid: 'b' },
        { ...KEY, kid: 'a', alg: 'EdDSA' },
        { ...KEY, x: 'y' },
      ]),
    ).toEqual({
      jwks: {
        keys: [
          { ...KEY, kid: 'b', addedAt: NOW },
          { ...KEY, kid: 'a', alg: 'EdDSA', addedAt: BEFORE },
          { ...KEY, x: 'y' },
        ],
      },
    });
  });

  it('are not for a storefront, which can keep none', () => {
    expect(() => changedKeys({ kind: 'storefront' }, { jwks: JWKS }, NOW)).toThrow(InvalidInput);
    expect(changedKeys({ kind: 'storefront' }, { jwks: null }, NOW)).toEqual({});
  });
});

describe('A backend', () => {
  const client = (over: Partial<Client>): Client => ({ kind: 'backend', secrets: [], ...over }) as Client;

  it('needs something to authenticate with', () => {
    expect(() => expectSomeCredential(client({}), 'jwks')).toThrow(InvalidInput);
    expectSomeCredential(client({ jwks: JWKS }), 'jwks');
    expectSomeCredential(client({ jwksUri: URI }), 'jwks');
    expectSomeCredential(client({ kind: 'storefront' }), 'jwks');
  });
});
