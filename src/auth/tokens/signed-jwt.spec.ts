import { generateKeyPairSync } from 'node:crypto';
import { jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { signedJwt } from './signed-jwt.js';

describe('A JWT of ours', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  it('is one that jose verifies, with its claims and header', async () => {
    for (let i = 0; i < 20; i += 1) {
      const token = signedJwt({ sub: 'Zoë', n: i }, { typ: 'at+jwt', kid: 'k1' }, privateKey);
      const { payload, protectedHeader } = await jwtVerify(token, publicKey, { algorithms: ['ES256'] });
      expect(payload).toEqual({ sub: 'Zoë', n: i });
      expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: 'k1' });
    }
  });
});
