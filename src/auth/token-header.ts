import type { KeyObject } from 'node:crypto';
import { decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';
import { Unauthenticated } from '../shared/domain-error.js';
import { SIGNING_ALGORITHM, type SigningKeys } from './keys/signing-keys.js';

/**
 * The key that a JWT must have been signed with. Only our own `kid`, type and algorithm count; a header
 * that names a key of its own or an extension is refused (RFC 8725 sections 3.1, 3.10, 3.11).
 * @throws Unauthenticated
 */
export async function keyOfToken(token: string, typ: string, keys: SigningKeys): Promise<KeyObject> {
  const header = headerOf(token);
  const ours = header.alg === SIGNING_ALGORITHM && header.typ === typ && header.crit === undefined;
  if (!ours || typeof header.kid !== 'string') throw new Unauthenticated();
  const key = await keys.publicKey(header.kid);
  if (!key) throw new Unauthenticated();
  return key;
}

function headerOf(token: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw new Unauthenticated();
  }
}
