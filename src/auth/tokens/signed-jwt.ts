import { type KeyObject, sign } from 'node:crypto';
import { derToJose } from 'ecdsa-sig-formatter';
import { SIGNING_ALGORITHM } from '../keys/signing-keys.js';

export interface JwtHeader {
  readonly typ: string;
  readonly kid: string;
}

/**
 * A JWT in the compact form (RFC 7515 section 7.1), signed with ES256 (RFC 7518 section 3.4). jose signs in another thread,
 * and waking that costs as much as the signature (`bench/PROFILE.md`); it still verifies what is made here. Node's own
 * `dsaEncoding` is not used, because with it a signature takes twice as long.
 */
export function signedJwt(claims: object, header: JwtHeader, key: KeyObject): string {
  const input = `${part({ alg: SIGNING_ALGORITHM, ...header })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(input), key);
  return `${input}.${derToJose(signature, SIGNING_ALGORITHM)}`;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
