import type { AccessClaims } from './claims.js';

/** The port through which the oauth feature says whether the client of a token is still what it was. */
export abstract class ClientGate {
  /**
   * Reads the store at most once in a few seconds for a client.
   * @returns what the client may be granted now
   * @throws Unauthenticated - it is gone or switched off, or its service tokens were ended
   */
  abstract admit(claims: AccessClaims): Promise<readonly string[]>;
}
