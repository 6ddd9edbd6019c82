import { type KeyObject, sign } from 'node:crypto';
import { SIGNING_ALGORITHM } from '../keys/signing-keys.js';

export interface JwtHeader {
  readonly typ: string;
  readonly kid: string;
}

/**
 * A JWT in the compact form (RFC 7515 section 7.1), signed with ES256 (RFC 7518 section 3.4). jose signs in another thread,
 * and waking that costs as much as the signature (`bench/PROFILE.md`); it still verifies what is made here.
 */
export function signedJwt(claims: object, header: JwtHeader, key: KeyObject): string {
  const input = `${part({ alg: SIGNING_ALGORITHM, ...header })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
