/**
 * The deletion of a tenant. It is stored before the first record is removed, so that it goes on after a restart. It
 * stays when all is gone: `BOOTSTRAP_FILE` must not bring the tenant back. No other record names the tenant then.
 */
export interface TenantDeletion {
  readonly tenant: string;
  /** Names it to the operator. */
  readonly job: string;
  readonly requestedAt: Date;
  /** How many records were removed. */
  readonly done: number;
  /**
   * Set when everything was removed once. What requests in flight have written since is removed after this moment.
   */
  readonly settlesAt?: Date;
  readonly finishedAt?: Date;
}
