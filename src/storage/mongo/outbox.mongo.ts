import type { OutboxMail } from '../../mail/mail.types.js';
import { OutboxRepository } from '../../mail/outbox.repository.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';
import type { MongoLink } from './link/mongo-link.js';
import { CoalescingWriter } from './rows/coalescing-writer.js';
import { listRows } from './rows/listing.js';
import { type Codec, type RecordRow, Records } from './rows/records.js';
import { idOf, op, Rows } from './rows/rows.js';

interface OutboxRow extends RecordRow, OutboxMail {}

const codec: Codec<OutboxMail, OutboxRow> = {
  idOf: ({ tenant, id }) => idOf(tenant, id),
  toRow: (mail) => mail,
  fromRow: ({ _id, rev: _rev, ...mail }) => mail,
};

export class MongoOutboxRepository extends OutboxRepository {
  private readonly mails: Records<OutboxMail, OutboxRow>;
  private readonly writer: CoalescingWriter<OutboxMail>;

  constructor(link: MongoLink) {
    super();
    this.mails = new Records(new Rows<OutboxRow>(link, 'outbox'), codec);
    this.writer = new CoalescingWriter(this.mails);
  }

  override async add(mail: OutboxMail): Promise<void> {
    await this.mails.insert(mail);
  }

  override async due(now: Date, limit: number): Promise<readonly OutboxMail[]> {
    const rows = await this.mails.rows.list({ dueAt: op({ $lte: now }) }, { sort: { dueAt: 1 }, limit });
    return rows.map(codec.fromRow);
  }

  override change(
    tenant: string,
    id: string,
    decide: (current: OutboxMail) => OutboxMail,
  ): Promise<OutboxMail | undefined> {
    return this.writer.change(idOf(tenant, id), (current) => {
      const next = current && decide(current);
      return { next, result: next };
    });
  }

  override async list(tenant: string, listing: Listing): Promise<Listed<OutboxMail>> {
    const { rows, ...total } = await listRows(this.mails.rows, tenant, listing);
    return { rows: rows.map(codec.fromRow), ...total };
  }

  override remove(tenant: string, id: string): Promise<boolean> {
    return this.mails.rows.remove({ _id: idOf(tenant, id) });
  }
}
