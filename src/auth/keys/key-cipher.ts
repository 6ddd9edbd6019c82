import { CompactEncrypt, compactDecrypt } from 'jose';
import { type Config, WrongConfiguration } from '../../config/config.schema.js';

/** Only outside production, where the configuration does not ask for a secret; `main.ts` warns of it. */
const DEVELOPMENT_SECRET = 'onesession development keys';

const PBES2_ITERATIONS = 100_000;

const secretOf = (config: Config): Uint8Array =>
  new TextEncoder().encode(config.KEYS_SECRET ?? DEVELOPMENT_SECRET);

/** A key was encrypted with another `KEYS_SECRET`. */
export class WrongKeysSecret extends WrongConfiguration {
  constructor(kid: string) {
    super(`KEYS_SECRET does not open signing key ${kid}: it was encrypted with another secret`);
  }
}

export const encryptKey = (jwk: object, config: Config): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(JSON.stringify(jwk)))
    .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM' })
    .setKeyManagementParameters({ p2c: PBES2_ITERATIONS })
    .encrypt(secretOf(config));

/** @throws WrongKeysSecret */
export async function decryptKey(kid: string, jwe: string, config: Config): Promise<string> {
  try {
    const { plaintext } = await compactDecrypt(jwe, secretOf(config), {
      keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
      maxPBES2Count: PBES2_ITERATIONS,
    });
    return new TextDecoder().decode(plaintext);
  } catch {
    throw new WrongKeysSecret(kid);
  }
}
