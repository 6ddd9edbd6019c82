import { hash } from 'node:crypto';

/** The members that make a public key what it is, in lexicographic order (RFC 7638 section 3.2, RFC 8037 appendix A.3). */
const MEMBERS: Readonly<Record<string, readonly ('crv' | 'e' | 'kty' | 'n' | 'x' | 'y')[]>> = {
  RSA: ['e', 'kty', 'n'],
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
};

export interface KeyMembers {
  readonly kty: string;
  readonly crv?: string | undefined;
  readonly e?: string | undefined;
  readonly n?: string | undefined;
  readonly x?: string | undefined;
  readonly y?: string | undefined;
}

/** Returns the SHA-256 thumbprint of a public key (RFC 7638). Unlike the function of `jose`, it answers at once. */
export function thumbprintOf(key: KeyMembers): string {
  const members = MEMBERS[key.kty] ?? [];
  return hash('sha256', JSON.stringify(key, [...members]), 'base64url');
}
