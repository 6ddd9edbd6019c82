/** How many records of a person were erased, or made anonymous. */
export interface ErasedCounts {
  readonly customers: number;
  readonly addresses: number;
  readonly sessions: number;
  readonly carts: number;
  readonly mails: number;
  readonly history: number;
  readonly auditAnonymised: number;
}

export const NOTHING_ERASED: ErasedCounts = {
  customers: 0,
  addresses: 0,
  sessions: 0,
  carts: 0,
  mails: 0,
  history: 0,
  auditAnonymised: 0,
};

/** An erasure that has begun: stored before the first record goes, so that it goes on after a crash. */
export interface Erasure {
  readonly tenant: string;
  readonly customerId: string;
  /** What the person's mails are found by. Empty once all of them are gone. */
  readonly emails: readonly string[];
  readonly begunAt: Date;
  readonly erased: ErasedCounts;
  /**
   * Everything is gone, and this record is all that is left. A request that was under way may have written something
   * since: from this moment on a last pass looks for it, and then this record goes as well.
   */
  readonly settlesAt?: Date;
}
