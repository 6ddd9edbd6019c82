import { compactDecrypt, CompactEncrypt } from 'jose';
import {
  type Config,
  DEVELOPMENT_KEYS_SECRET,
  secretsIn,
  WrongConfiguration,
} from '../../config/config.schema.js';

const PBES2_ITERATIONS = 100_000;

/** No secret of `KEYS_SECRET` opens a key. */
export class WrongKeysSecret extends WrongConfiguration {
  constructor(kid: string) {
    super(
      `KEYS_SECRET does not open signing key ${kid}: it was encrypted with another secret. Add that one to the list`,
    );
  }
}

export const encryptKey = (jwk: object, config: Config): Promise<string> =>
  new CompactEncrypt(bytesOf(JSON.stringify(jwk)))
    .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM' })
    .setKeyManagementParameters({ p2c: PBES2_ITERATIONS })
    .encrypt(bytesOf(secretsOf(config)[0] ?? DEVELOPMENT_KEYS_SECRET));

/** @throws WrongKeysSecret */
export async function decryptKey(kid: string, jwe: string, config: Config): Promise<string> {
  const opened = await openKey(jwe, config);
  if (opened === undefined) throw new WrongKeysSecret(kid);
  return opened.jwk;
}

export interface OpenedKey {
  /** JSON of the private JWK. */
  readonly jwk: string;
  /** Whether the first secret of `KEYS_SECRET` has opened it, or one that is in the list only for older keys. */
  readonly secret: 'first' | 'earlier';
}

/** @returns undefined if no secret of `KEYS_SECRET` opens it */
export async function openKey(jwe: string, config: Config): Promise<OpenedKey | undefined> {
  for (const [place, secret] of secretsOf(config).entries()) {
    const jwk = await decryptWith(secret, jwe);
    if (jwk !== undefined) return { jwk, secret: place === 0 ? 'first' : 'earlier' };
  }
  return undefined;
}

/** A secret that has a comma in it, from before there were lists, is tried as a whole as well. */
function secretsOf({ KEYS_SECRET: list }: Config): readonly string[] {
  if (list === undefined) return [DEVELOPMENT_KEYS_SECRET];
  return [...new Set([...secretsIn(list), list])];
}

/** @returns undefined when it was encrypted with another secret */
async function decryptWith(secret: string, jwe: string): Promise<string | undefined> {
  try {
    const { plaintext } = await compactDecrypt(jwe, bytesOf(secret), {
      keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
      maxPBES2Count: PBES2_ITERATIONS,
    });
    return new TextDecoder().decode(plaintext);
  } catch {
    return undefined;
  }
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
