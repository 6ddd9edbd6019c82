/** A JWT that must not be accepted any more: an assertion that was used, or a token that was revoked. */
export interface SpentJwt {
  readonly tenant: string;
  /** What it is, and a hash of what identifies it: at most 100 characters. */
  readonly id: string;
  /** From then on its own expiry refuses it, and the entry may be erased. */
  readonly endsAt: Date;
}

/** Remembers JWTs by their ids until they expire. Contract: `spent-jwt.contract.ts`. */
export abstract class SpentJwtRepository {
  /**
   * One atomic step, so that of several callers only one gets true.
   * @returns false if it was spent before, even if the entry is over and not erased yet
   */
  abstract spend(jwt: SpentJwt): Promise<boolean>;

  abstract isSpent(jwt: Pick<SpentJwt, 'tenant' | 'id'>): Promise<boolean>;
}
