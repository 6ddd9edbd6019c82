import type { Interest } from '../../../events/event.types.js';
import { InterestRepository } from '../../../events/interest.repository.js';
import { latestByTenant } from '../../../events/interest.rules.js';
import type { MongoLink } from '../link/mongo-link.js';
import { idOf, op, type Row, Rows } from '../rows/rows.js';
import { toStored } from '../rows/stored-text.js';

interface InterestRow extends Row {
  readonly tenant: string;
  readonly until?: Date;
}

/** Sessions that are prepared by one command. */
const AT_ONCE = 500;

export class MongoInterestRepository extends InterestRepository {
  override readonly isShared = true;
  private readonly rows: Rows<InterestRow>;
  private readonly sessions: Rows<Row>;

  constructor(private readonly link: MongoLink) {
    super();
    this.rows = new Rows(link, 'event_interests');
    this.sessions = new Rows(link, 'sessions');
  }

  override async save(tenant: string, { id, until }: Interest): Promise<void> {
    const _id = idOf(tenant, id);
    await this.rows.put({ _id }, { _id, tenant, ...(until && { until }) });
  }

  override async remove(tenant: string, id: string): Promise<void> {
    await this.rows.remove({ _id: idOf(tenant, id) });
  }

  /** There are few of them: all are read by `_id`. */
  override async tenants(now: Date): Promise<ReadonlyMap<string, Date | undefined>> {
    const all = await this.rows.list({}, { sort: { _id: 1 }, hint: { _id: 1 } });
    const left = all.filter(({ until }) => !until || until > now);
    return latestByTenant(left.map(({ tenant, until }) => ({ tenant, until })));
  }

  /** Keeps guests' sessions from MongoDB's TTL pass, which removes them without an event. */
  override async prepare(tenant: string): Promise<void> {
    let last = idOf(tenant, '');
    for (;;) {
      const range = op({ $gt: last, $lt: `${tenant}0` });
      const options = { sort: { _id: 1 }, hint: { _id: 1 }, limit: AT_ONCE, part: { _id: 1 } } as const;
      const rows = await this.sessions.list({ _id: range }, options);
      if (rows.length > 0) await this.prepareSome(rows.map(({ _id }) => _id));
      last = rows.at(-1)?._id ?? last;
      if (rows.length < AT_ONCE) return;
    }
  }

  private async prepareSome(ids: readonly string[]): Promise<void> {
    const guests = { _id: { $in: toStored(ids) }, 'lifetime.goneAt': { $exists: true } } as object;
    const update = [{ $set: { endsAt: '$lifetime.goneAt' } }, { $unset: 'lifetime.goneAt' }];
    await this.link.run(() => this.link.collection('sessions').updateMany(guests, update));
  }
}
