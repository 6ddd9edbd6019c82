/** Tells readers on this instance that a tenant's log has grown, within a second of a write on any instance. */
export abstract class EventFeed {
  /**
   * Calls `wake` when the tenant's log may have grown.
   * @returns ends it
   */
  abstract onGrowth(tenant: string, wake: () => void): () => void;
}
