import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { InvalidInput } from '../domain-error.js';
import { isJsonObject } from '../json.js';
import { ASYMMETRIC_ALGORITHMS } from '../jwt.js';
import { schemaWords } from '../schema-words.js';
import { type KeyMembers, thumbprintOf } from './thumbprint.js';

/** Enough to announce the next key before the current one is withdrawn. */
const MOST_KEYS = 10;

/** RFC 7518 section 3.3. */
const SHORTEST_RSA_BITS = 2048;

/** Members of private and symmetric keys (RFC 7518 sections 6.2.2, 6.3.2 and 6.4). */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const SENT = 'must be a public key. Make a new one: this one was sent';

/** No key that is accepted takes more. */
const LONGEST_PEM = 4_096;
const PEM = /^\s*-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----\s*$/;

const number = z.string().regex(/^[\w-]{1,1400}$/, 'must be base64url');

const common = {
  kid: z.string().min(1).max(256).optional(),
  alg: z.enum(ASYMMETRIC_ALGORITHMS).optional(),
  use: z.literal('sig').optional(),
};

const publicKey = z.discriminatedUnion(
  'kty',
  [
    z.object({ kty: z.literal('RSA'), ...common, n: number, e: number }),
    z.object({
      kty: z.literal('EC'),
      ...common,
      crv: z.enum(['P-256', 'P-384', 'P-521']),
      x: number,
      y: number,
    }),
    z.object({ kty: z.literal('OKP'), ...common, crv: z.literal('Ed25519'), x: number }),
  ],
  'must be a public key of kty RSA, EC or OKP',
);

const givenKey = z
  .unknown()
  .transform((given, context) => {
    if (isPrivateKey(given)) context.addIssue(SENT);
    else if (typeof given !== 'string') return given;
    else return fromPem(given) ?? context.addIssue('must be a JWK or the PEM text of a public key');
    return z.NEVER;
  })
  .pipe(
    publicKey.refine(isUsable, `must be a valid key, and RSA keys need ${SHORTEST_RSA_BITS} bits or more`),
  );

/**
 * A set of public keys that may verify signatures, each as a JWK or as PEM text; unknown members are dropped. A key in PEM has no name, so its
 * thumbprint becomes its `kid`.
 */
export const keySetSchema = z.object({
  keys: z.array(givenKey).min(1).max(MOST_KEYS).refine(haveNames, 'need a kid each, if there are several'),
});

/** Reads a set of public keys that somebody sent. @throws InvalidInput */
export function readKeySet(jwks: unknown): z.infer<typeof keySetSchema> {
  const read = keySetSchema.safeParse(jwks, schemaWords);
  if (read.success) return read.data;
  const { issues } = read.error;
  const issue = issues.find(({ message }) => message === SENT) ?? issues[0];
  // The message never repeats what was sent, which may be a private key.
  throw InvalidInput.of(['jwks', ...(issue?.path ?? [])].join('.'), issue?.message ?? 'is not a key set');
}

/** Tells whether a JWK or PEM text has a private or symmetric key, which nobody should send. */
export function isPrivateKey(given: unknown): boolean {
  if (typeof given === 'string') return given.includes('PRIVATE KEY');
  return isJsonObject(given) && SECRET_MEMBERS.some((member) => Object.hasOwn(given, member));
}

function fromPem(text: string): object | undefined {
  if (text.length > LONGEST_PEM || !PEM.test(text)) return undefined;
  try {
    const jwk = createPublicKey(text).export({ format: 'jwk' });
    return { ...jwk, kid: thumbprintOf(jwk as KeyMembers) };
  } catch {
    return undefined;
  }
}

function isUsable(jwk: z.infer<typeof publicKey>): boolean {
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: jwk, format: 'jwk' });
    return jwk.kty !== 'RSA' || (asymmetricKeyDetails?.modulusLength ?? 0) >= SHORTEST_RSA_BITS;
  } catch {
    return false;
  }
}

function haveNames(keys: readonly z.infer<typeof publicKey>[]): boolean {
  const kids = keys.map(({ kid }) => kid);
  return keys.length < 2 || (!kids.includes(undefined) && new Set(kids).size === kids.length);
}
