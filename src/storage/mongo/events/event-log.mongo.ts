import { setTimeout as sleep } from 'node:timers/promises';
import { EventLog } from '../../../events/event-log.repository.js';
import { withoutAttributes } from '../../../events/event.rules.js';
import type { LoggedEvent, StoredEvent } from '../../../events/event.types.js';
import type { MongoLink } from '../link/mongo-link.js';
import { EVENTS_IN_ORDER, EVENTS_OF_PERSON, EVENTS_OF_SUBJECT } from '../link/schemas.js';
import { type EventRow, fromEventRow, toEventRow } from '../rows/event.row.js';
import { idOf, op, type Row, Rows } from '../rows/rows.js';
import { toStored } from '../rows/stored-text.js';

interface LogRow extends Row {
  readonly tenant: string;
  readonly position: string;
  readonly subject: string;
  readonly person?: string;
  readonly time: Date;
  readonly event: EventRow;
}

/** Where the log of a tenant ends. */
interface HeadRow extends Row {
  /** How many positions were given. */
  readonly taken: number;
  /** Up to here, everything is in the log. */
  readonly visible?: string;
  /** Events that have their positions and may not all be in the log yet. */
  readonly pending?: readonly LogRow[];
}

/** Wide enough for every safe integer, so that positions sort as text. */
const DIGITS = 16;

const LONGEST_PAUSE_MS = 20;

const positionOf = (taken: number): string => String(taken).padStart(DIGITS, '0');

export class MongoEventLog extends EventLog {
  private readonly rows: Rows<LogRow>;
  private readonly heads: Rows<HeadRow>;

  constructor(private readonly link: MongoLink) {
    super();
    this.rows = new Rows(link, 'events');
    this.heads = new Rows(link, 'event_heads');
  }

  override async after(
    tenant: string,
    position: string | undefined,
    limit: number,
  ): Promise<readonly LoggedEvent[]> {
    const end = await this.newest(tenant);
    if (end === undefined || (position !== undefined && position >= end)) return [];
    const range = op({ $gt: position ?? '', $lte: end });
    const options = { sort: EVENTS_IN_ORDER, hint: EVENTS_IN_ORDER, limit };
    // Like `read`, so that it is repeated after an election: what the head promised must be found.
    const found = await this.link.read(() => this.rows.list({ tenant, position: range }, options));
    return found.map((row) => ({ event: fromEventRow(row.event), position: row.position }));
  }

  override async newest(tenant: string): Promise<string | undefined> {
    return (await this.heads.find(tenant, { visible: 1 }))?.visible;
  }

  override async newestOf(tenants: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const filter = { _id: op({ $in: tenants }) };
    const heads = await this.heads.list(filter, { part: { visible: 1 } });
    return new Map(
      heads.flatMap(({ _id, visible }) => (visible === undefined ? [] : [[_id, visible] as const])),
    );
  }

  override async positionOf(tenant: string, eventId: string): Promise<string | undefined> {
    return (await this.rows.find(idOf(tenant, eventId), { position: 1 }))?.position;
  }

  override async sweep(before: Date, limit: number): Promise<number> {
    const old = await this.rows.list(
      { time: op({ $lte: before }) },
      { sort: { time: 1 }, limit, part: { _id: 1 } },
    );
    return this.link.run(async () => {
      if (old.length === 0) return 0;
      const ids = toStored(old.map(({ _id }) => _id));
      const done = await this.link.collection('events').deleteMany({ _id: { $in: ids } } as object);
      return done.deletedCount;
    });
  }

  /**
   * Appends events. Any number of instances may do so at once: the head of the tenant takes one batch after the other,
   * and the next instance finishes a batch that was left unfinished. An event that is already in the log keeps its
   * place.
   */
  async append(tenant: string, events: readonly StoredEvent[]): Promise<void> {
    for (;;) {
      const head = await this.heads.find(tenant);
      if (!head) {
        await this.heads.insert({ _id: tenant, taken: 0 });
      } else if (head.pending) {
        await this.finish(head);
      } else {
        const next = headWith(head, events);
        const asRead = { _id: tenant, taken: op({ $eq: head.taken }), pending: op({ $exists: false }) };
        const { taken, pending } = next;
        if (await this.heads.update(asRead, { $set: { taken, pending } })) return this.finish(next);
        await sleep(Math.random() * LONGEST_PAUSE_MS);
      }
    }
  }

  override async forget(tenant: string, customerId: string): Promise<void> {
    const hers = await this.rows.list(
      { tenant, person: customerId },
      { part: { subject: 1 }, hint: EVENTS_OF_PERSON },
    );
    for (const subject of new Set(hers.map((row) => row.subject))) {
      const rows = await this.rows.list({ tenant, subject }, { hint: EVENTS_OF_SUBJECT });
      for (const row of rows) {
        const event = fromEventRow(row.event);
        const bare = withoutAttributes(event);
        if (bare !== event) await this.rows.update({ _id: row._id }, { $set: { event: toEventRow(bare) } });
      }
    }
  }

  /** Safe to repeat, by any instance. */
  private async finish({ _id, taken, pending = [] }: HeadRow): Promise<void> {
    await Promise.all(pending.map((row) => this.rows.insert(row)));
    const same = { _id, taken: op({ $eq: taken }) };
    await this.heads.update(same, { $set: { visible: positionOf(taken) }, $unset: { pending: 1 } });
  }
}

function headWith({ _id, taken }: HeadRow, events: readonly StoredEvent[]): HeadRow {
  const pending = events.map((event, i) => {
    const { tenant, id, subject, person, time } = event;
    const place = { _id: idOf(tenant, id), tenant, position: positionOf(taken + i + 1), subject, time };
    return { ...place, ...(person !== undefined && { person }), event: toEventRow(event) };
  });
  return { _id, taken: taken + events.length, pending };
}
