import type { OutboxMail } from '../../mail/mail.types.js';
import { OutboxRepository } from '../../mail/outbox.repository.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { EndIndex } from './store/end-index.js';
import type { Table } from './store/table.js';
import { listTable } from './store/listing.js';

export class LmdbOutboxRepository extends OutboxRepository {
  private readonly mails: Table<OutboxMail>;
  private readonly dues: EndIndex;
  private readonly ends: EndIndex;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.mails = store.table('outbox');
    this.dues = store.endIndex('outbox-by-due');
    this.ends = store.endIndex('outbox-by-end');
  }

  override add(mail: OutboxMail): Promise<void> {
    return this.store.write(() => this.put(undefined, mail));
  }

  override async due(now: Date, limit: number): Promise<readonly OutboxMail[]> {
    const keys = this.dues.endedBy(now, limit);
    return keys.map((key) => this.mails.get(key)).filter((mail) => mail !== undefined);
  }

  override change(
    tenant: string,
    id: string,
    decide: (current: OutboxMail) => OutboxMail,
  ): Promise<OutboxMail | undefined> {
    return this.store.write(() => {
      const current = this.mails.get([tenant, id]);
      if (!current) return undefined;
      const next = decide(current);
      if (next !== current) this.put(current, next);
      return next;
    });
  }

  override list(tenant: string, listing: Listing): Promise<Listed<OutboxMail>> {
    return listTable(this.mails, tenant, listing, ({ id }) => id);
  }

  /** Erases mails whose time is over, up to `limit`. @returns how many */
  sweep(now: Date, limit: number): Promise<number> {
    return this.store.eraseEnded(this.ends, now, limit, (key) => this.erase(key));
  }

  override remove(tenant: string, id: string): Promise<boolean> {
    return this.store.write(() => this.erase([tenant, id]));
  }

  private erase(key: string[]): boolean {
    const mail = this.mails.get(key);
    this.dues.move(key, mail?.dueAt, undefined);
    this.ends.move(key, mail?.erasedAt, undefined);
    return this.mails.remove(key);
  }

  private put(before: OutboxMail | undefined, next: OutboxMail): void {
    const key = [next.tenant, next.id];
    this.mails.put(key, next);
    this.dues.move(key, before?.dueAt, next.dueAt);
    this.ends.move(key, before?.erasedAt, next.erasedAt);
  }
}
