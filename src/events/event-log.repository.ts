import type { LoggedEvent } from './event.types.js';

/**
 * The events of each tenant, in order, for a bounded time. They are written with the change that they tell of, through
 * the ports of sessions, carts and customers; here they are only read. An adapter must pass
 * `test/contracts/event-log.contract.ts`.
 */
export abstract class EventLog {
  /**
   * Returns events of a tenant in order.
   * @param position the last one that was read; undefined starts with the oldest that is kept
   */
  abstract after(
    tenant: string,
    position: string | undefined,
    limit: number,
  ): Promise<readonly LoggedEvent[]>;

  /** Returns the position of the newest event. A reader that wants only what comes from now on starts there. */
  abstract newest(tenant: string): Promise<string | undefined>;

  /** Returns the newest position of each of these tenants that has one. */
  abstract newestOf(tenants: readonly string[]): Promise<ReadonlyMap<string, string>>;

  /** Returns the position of an event, as long as the log keeps the event. */
  abstract positionOf(tenant: string, eventId: string): Promise<string | undefined>;

  /** Removes events that are older than this, up to `limit`. @returns how many */
  abstract sweep(before: Date, limit: number): Promise<number>;

  /** Removes the names and values of attributes from all events of sessions that were this customer's. */
  abstract forget(tenant: string, customerId: string): Promise<void>;
}
