import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { describe, expect, it } from 'vitest';
import { thumbprintOf } from './thumbprint.js';

describe('The thumbprint of a public key', () => {
  it.each(['RS256', 'PS512', 'ES256', 'ES384', 'ES512', 'Ed25519'])(
    'is that of RFC 7638 for %s, whatever else is said of the key',
    async (alg) => {
      const jwk = await exportJWK((await generateKeyPair(alg)).publicKey);
      const expected = await calculateJwkThumbprint(jwk);
      const { kty = '', ...members } = jwk;
      const turned = Object.fromEntries(Object.entries(members).toReversed());
      expect(thumbprintOf({ ...turned, kty, kid: 'a', alg, use: 'sig' } as { kty: string })).toBe(expected);
    },
  );
});
