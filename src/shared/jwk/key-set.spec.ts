import { exportSPKI, generateKeyPair } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readKeySet } from './key-set.js';
import { thumbprintOf } from './thumbprint.js';

const spki = async (alg: string): Promise<string> => exportSPKI((await generateKeyPair(alg)).publicKey);

describe('A set of public keys', () => {
  it.each(['RS256', 'ES256', 'ES384', 'ES512', 'Ed25519'])(
    'takes PEM text of a key for %s, under its thumbprint',
    async (alg) => {
      const [key] = readKeySet({ keys: [`\n${await spki(alg)}`] }).keys;
      expect(key?.kid).toBe(key && thumbprintOf(key));
    },
  );

  it('takes PEM text beside a JWK', async () => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', kid: 'a', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
    const { keys } = readKeySet({ keys: [jwk, await spki('ES256')] });
    expect(keys).toEqual([jwk, expect.objectContaining({ kty: 'EC', crv: 'P-256' })]);
  });

  it.each([
    ['no key', 'hello'],
    ['damaged', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
    ['too long', `${' '.repeat(5_000)}-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----`],
  ])('refuses PEM text that is %s, and says what it takes', (_what, pem) => {
    expect(() => readKeySet({ keys: [pem] })).toThrow(
      'jwks.keys.0: must be a JWK or the PEM text of a public key',
    );
  });

  it.each([
    ['of a curve that no algorithm here uses', { namedCurve: 'secp256k1' }],
    ['of RSA that is too short', { modulusLength: 1024 }],
  ])('refuses PEM text of a key %s', (_what, options) => {
    const { publicKey } =
      'modulusLength' in options
        ? generateKeyPairSync('rsa', options as { modulusLength: number })
        : generateKeyPairSync('ec', options as { namedCurve: string });
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    expect(() => readKeySet({ keys: [pem] })).toThrow(/^jwks\.keys\.0/);
  });

  it.each(['PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'])(
    'never takes PEM text of a %s, even beside a wrong key, and never repeats it',
    async (name) => {
      const pem = `-----BEGIN ${name}-----\nc2VjcmV0\n-----END ${name}-----`;
      const refused = () => readKeySet({ keys: [{ kty: 'none' }, pem] });
      expect(refused).toThrow(/^jwks\.keys\.1: must be a public key\. Make a new one/);
      expect(refused).not.toThrow(/c2VjcmV0/);
    },
  );
});
