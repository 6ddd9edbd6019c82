import type { KeyObject } from 'node:crypto';
import { decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';
import { Unauthenticated } from '../../shared/domain-error.js';
import { SIGNING_ALGORITHM, type SigningKeys } from '../keys/signing-keys.js';

export interface SigningKeyOf {
  readonly kid: string;
  readonly key: KeyObject;
}

/**
 * The compact form (RFC 7515 section 7.1) with an ES256 signature, in the one way to write it. The libraries skip
 * blanks and padding in the signature: one token would be a new one for each, to be remembered as such.
 */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]{85}[AQgw]$/;

/**
 * The key that a JWT must have been signed with. Only our own `kid`, type and algorithm count. A header that names an
 * extension is refused; a key that it carries (`jwk`, `jku`, `x5u`) is never looked at (RFC 8725 sections 3.1, 3.10, 3.11).
 * @throws Unauthenticated
 */
export async function signingKeyOf(token: string, typ: string, keys: SigningKeys): Promise<SigningKeyOf> {
  if (!COMPACT.test(token)) throw new Unauthenticated();
  const { kid, ...header } = headerOf(token);
  const ours = header.alg === SIGNING_ALGORITHM && header.typ === typ && header.crit === undefined;
  if (!ours || typeof kid !== 'string') throw new Unauthenticated();
  const key = await keys.publicKey(kid);
  if (!key) throw new Unauthenticated();
  return { kid, key };
}

function headerOf(token: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw new Unauthenticated();
  }
}
