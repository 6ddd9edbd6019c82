/** How many records of a person were removed or made anonymous. */
export interface ErasedCounts {
  readonly customers: number;
  readonly addresses: number;
  readonly sessions: number;
  readonly carts: number;
  readonly mails: number;
  readonly history: number;
  readonly auditAnonymised: number;
  readonly contactAssignments: number;
}

export const NOTHING_ERASED: ErasedCounts = {
  customers: 0,
  addresses: 0,
  sessions: 0,
  carts: 0,
  mails: 0,
  history: 0,
  auditAnonymised: 0,
  contactAssignments: 0,
};

/** An erasure in progress. It is stored before the first record is removed, so that it continues after a crash. */
export interface Erasure {
  readonly tenant: string;
  readonly customerId: string;
  /** Addresses by which to find the person's mails. Empty once all mails are gone. */
  readonly emails: readonly string[];
  readonly begunAt: Date;
  readonly erased: ErasedCounts;
  /**
   * Set when everything is gone except this record. A request in progress may have written something since, so a last
   * pass looks for it after this moment. Then this record is removed too.
   */
  readonly settlesAt?: Date;
}
