import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { InvalidInput } from '../../shared/domain-error.js';
import { ASYMMETRIC_ALGORITHMS } from '../../shared/jwt.js';
import type { KeySet } from '../client.types.js';

/** Enough to announce the next key before the current one is withdrawn. */
const MOST_KEYS = 10;

/** RFC 7518 section 3.3. */
const SHORTEST_RSA_BITS = 2048;

/** Members of private and symmetric keys (RFC 7518 sections 6.2.2, 6.3.2 and 6.4). */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

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

const keySet = z.object({
  keys: z
    .array(
      publicKey.refine(isUsable, `must be a valid key, and RSA keys need ${SHORTEST_RSA_BITS} bits or more`),
    )
    .min(1)
    .max(MOST_KEYS)
    .refine(haveNames, 'need a kid each, if there are several'),
});

const anyKeys = z.object({ keys: z.array(z.looseObject({})) });

/** Reads a set of public keys that a client manager sent; unknown members are dropped. @throws InvalidInput */
export function readKeySet(jwks: unknown): KeySet {
  const secret = anyKeys.safeParse(jwks).data?.keys.findIndex(isSecret) ?? -1;
  if (secret >= 0)
    throw InvalidInput.of(`jwks.keys.${secret}`, 'must be a public key. Make a new one: this one was sent');
  const read = keySet.safeParse(jwks);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  // The message never repeats what was sent, which may be a private key.
  throw InvalidInput.of(['jwks', ...(issue?.path ?? [])].join('.'), issue?.message ?? 'is not a key set');
}

function isSecret(jwk: object): boolean {
  return SECRET_MEMBERS.some((member) => Object.hasOwn(jwk, member));
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
