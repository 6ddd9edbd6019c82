import { describe, expect, it } from 'vitest';
import { readConfig } from '../../config/config.schema.js';
import { decryptKey, encryptKey, WrongKeysSecret } from './key-cipher.js';

const configured = (KEYS_SECRET?: string) =>
  readConfig({ NODE_ENV: 'development', ...(KEYS_SECRET !== undefined && { KEYS_SECRET }) });

describe('A signing key at rest', () => {
  const jwk = { kty: 'EC', d: 'private' };

  it('is decrypted by the secret that encrypted it, and by no other; the error names the key [X-20]', async () => {
    const jwe = await encryptKey(jwk, configured('a secret of this test'));
    expect(jwe).not.toContain('private');
    expect(JSON.parse(await decryptKey('k1', jwe, configured('a secret of this test')))).toEqual(jwk);
    const opened = decryptKey('k1', jwe, configured('another secret of it'));
    await expect(opened).rejects.toThrow(WrongKeysSecret);
    await expect(opened).rejects.toThrow(
      'KEYS_SECRET does not open signing key k1: it was encrypted with another secret. Add that one to the list',
    );
  });

  it('is encrypted with the development secret if none is set, which no other one opens', async () => {
    const jwe = await encryptKey(jwk, configured());
    expect(JSON.parse(await decryptKey('k1', jwe, configured()))).toEqual(jwk);
    await expect(decryptKey('k1', jwe, configured('a secret of this test'))).rejects.toThrow(WrongKeysSecret);
  });
});
