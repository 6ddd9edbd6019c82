import type { Listed, Listing } from '../shared/filter/filter.types.js';
import type { OutboxMail } from './mail.types.js';

/** Stores mails that wait to be sent. An adapter must pass `test/contracts/outbox.contract.ts`. */
export abstract class OutboxRepository {
  /** @param mail must have an id that is not in use */
  abstract add(mail: OutboxMail): Promise<void>;

  /** Lists the mails of all tenants whose `dueAt` has passed, longest waiting first. */
  abstract due(now: Date, limit: number): Promise<readonly OutboxMail[]>;

  /**
   * Reads and writes one mail atomically. `decide` must be pure, because it may run more than once.
   * @returns what is stored now; undefined when there is no such mail
   */
  abstract change(
    tenant: string,
    id: string,
    decide: (current: OutboxMail) => OutboxMail,
  ): Promise<OutboxMail | undefined>;

  abstract list(tenant: string, listing: Listing): Promise<Listed<OutboxMail>>;

  /** @returns false when there was no such mail */
  abstract remove(tenant: string, id: string): Promise<boolean>;
}
