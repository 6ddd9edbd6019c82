import { compactDecrypt, CompactEncrypt } from 'jose';
import { type Config, DEVELOPMENT_KEYS_SECRET, WrongConfiguration } from '../../config/config.schema.js';
import { secretsIn } from '../../config/settings/trust.js';

const PBES2_ITERATIONS = 100_000;

/** No secret of `KEYS_SECRET` opens a key. */
export class WrongKeysSecret extends WrongConfiguration {
  constructor(kid: string) {
    super(
      `KEYS_SECRET does not open signing key ${kid}: it was encrypted with another secret. Add that one to the list`,
    );
  }
}

export const encryptKey = (jwk: object, config: Config): Promise<string> => seal(JSON.stringify(jwk), config);

/** Encrypts a secret that the service itself must be able to read, with the first secret of `KEYS_SECRET`. */
export const seal = (text: string, config: Config): Promise<string> =>
  new CompactEncrypt(bytesOf(text))
    .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM' })
    .setKeyManagementParameters({ p2c: PBES2_ITERATIONS })
    .encrypt(bytesOf(secretsOf(config)[0] ?? DEVELOPMENT_KEYS_SECRET));

/** @throws WrongKeysSecret */
export async function decryptKey(kid: string, jwe: string, config: Config): Promise<string> {
  const opened = await open(jwe, config);
  if (opened === undefined) throw new WrongKeysSecret(kid);
  return opened.text;
}

/** @returns undefined if no secret of `KEYS_SECRET` opens it */
export async function unseal(jwe: string, config: Config): Promise<string | undefined> {
  return (await open(jwe, config))?.text;
}

export interface Opened {
  readonly text: string;
  /** Whether the first secret of `KEYS_SECRET` opened it, rather than one that is kept only for older texts. */
  readonly secret: 'first' | 'earlier';
}

/** @returns undefined if no secret of `KEYS_SECRET` opens it */
export async function open(jwe: string, config: Config): Promise<Opened | undefined> {
  for (const [place, secret] of secretsOf(config).entries()) {
    const text = await decryptWith(secret, jwe);
    if (text !== undefined) return { text, secret: place === 0 ? 'first' : 'earlier' };
  }
  return undefined;
}

/** The text, encrypted again with the first secret of `KEYS_SECRET`; or why that was not done. */
export type Resealed = { readonly sealed: string } | 'unchanged' | 'unreadable';

/** Re-encrypts a text with the first secret of `KEYS_SECRET`, if it was encrypted with an earlier one. */
export async function reseal(jwe: string, config: Config): Promise<Resealed> {
  const opened = await open(jwe, config);
  if (opened === undefined) return 'unreadable';
  return opened.secret === 'first' ? 'unchanged' : { sealed: await seal(opened.text, config) };
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
