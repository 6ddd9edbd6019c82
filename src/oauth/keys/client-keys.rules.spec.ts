import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/domain-error.js';
import type { Client, KeySet } from '../client.types.js';
import { changedKeys, expectSomeCredential, givenKeys } from './client-keys.rules.js';

const JWKS: KeySet = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'x' }] };
const URI = 'https://client.test/jwks.json';

const backend = (over: Partial<Client> = {}): Pick<Client, 'kind' | 'jwks' | 'jwksUri'> => ({
  kind: 'backend',
  ...over,
});

describe('The keys of a client', () => {
  it('are of one kind: a new one takes the place of the other', () => {
    expect(changedKeys(backend({ jwks: JWKS }), { jwksUri: URI })).toEqual({ jwksUri: URI });
    expect(changedKeys(backend({ jwksUri: URI }), { jwks: JWKS })).toEqual({ jwks: JWKS });
    expect(() => givenKeys({ jwks: JWKS, jwksUri: URI })).toThrow(InvalidInput);
  });

  it('stay if nothing is said of them, and go with null', () => {
    expect(changedKeys(backend({ jwks: JWKS }), {})).toEqual({ jwks: JWKS });
    expect(changedKeys(backend({ jwks: JWKS }), { jwks: null })).toEqual({});
    expect(changedKeys(backend({ jwksUri: URI }), { jwks: null })).toEqual({ jwksUri: URI });
    expect(changedKeys(backend({ jwksUri: URI }), { jwksUri: null })).toEqual({});
  });

  it('are not for a storefront, which can keep none', () => {
    expect(() => changedKeys({ kind: 'storefront' }, { jwks: JWKS })).toThrow(InvalidInput);
    expect(changedKeys({ kind: 'storefront' }, { jwks: null })).toEqual({});
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
