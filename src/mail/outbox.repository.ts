import type { Listed, Listing } from '../shared/filter/filter.types.js';
import type { OutboxMail } from './mail.types.js';

/** Where mails wait to be sent. An adapter must pass `test/contracts/outbox.contract.ts`. */
export abstract class OutboxRepository {
  /** @param mail with an id that nobody else has */
  abstract add(mail: OutboxMail): Promise<void>;

  /** Mails of all tenants whose `dueAt` has come, the longest waiting first. */
  abstract due(now: Date, limit: number): Promise<readonly OutboxMail[]>;

  /**
   * One atomic read and write of one mail; `decide` must be pure, and may be called again.
   * @returns what is stored afterwards; undefined when there is no such mail
   */
  abstract change(
    tenant: string,
    id: string,
    decide: (current: OutboxMail) => OutboxMail,
  ): Promise<OutboxMail | undefined>;

  abstract list(tenant: string, listing: Listing): Promise<Listed<OutboxMail>>;

  /** @returns false when there was none */
  abstract remove(tenant: string, id: string): Promise<boolean>;
}
