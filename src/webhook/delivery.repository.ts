import type { Listed, Listing } from '../shared/filter/filter.types.js';
import type { Delivery } from './webhook.types.js';

/** Stores deliveries. An adapter must pass `test/contracts/delivery.contract.ts`. */
export abstract class DeliveryRepository {
  /** Adds those whose id is not in use. The others stay as they are. */
  abstract add(deliveries: readonly Delivery[]): Promise<void>;

  abstract find(tenant: string, id: string): Promise<Delivery | undefined>;

  /** Lists open deliveries of a webhook whose `dueAt` has come, longest waiting first, then in order of the log. */
  abstract due(tenant: string, webhookId: string, now: Date, limit: number): Promise<readonly Delivery[]>;

  /** Returns the open delivery of a webhook that is due first. */
  abstract nextDue(tenant: string, webhookId: string): Promise<Delivery | undefined>;

  /** Returns the open delivery of a subject that comes first in the log. */
  abstract firstOpen(tenant: string, webhookId: string, subject: string): Promise<Delivery | undefined>;

  /** Counts the open deliveries of a webhook, up to `limit`. */
  abstract countOpen(tenant: string, webhookId: string, limit: number): Promise<number>;

  /**
   * Reads, decides and writes one delivery in one atomic step. `decide` must be pure.
   * @returns the delivery as it is now; undefined if there is none
   */
  abstract change(
    tenant: string,
    id: string,
    decide: (current: Delivery) => Delivery,
  ): Promise<Delivery | undefined>;

  abstract list(tenant: string, webhookId: string, listing: Listing): Promise<Listed<Delivery>>;

  /**
   * Returns up to `limit` deliveries of a webhook by their ids.
   * @param after the id behind which they begin, which need not exist
   */
  abstract byId(
    tenant: string,
    webhookId: string,
    limit: number,
    after?: string,
  ): Promise<readonly Delivery[]>;

  /** Removes up to `limit` deliveries of a webhook. @returns how many */
  abstract removeOf(tenant: string, webhookId: string, limit: number): Promise<number>;
}
