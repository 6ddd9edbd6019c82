import { Logger } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { StoreUnavailable } from '../../../shared/domain-error.js';
import { Passes } from '../../../shared/passes.js';
import type { MongoLink } from '../link/mongo-link.js';
import { UNSENT } from '../link/schemas.js';
import { type EventRow, fromEventRow } from '../rows/event.row.js';
import type { Row } from '../rows/rows.js';
import { fromStored, toStored } from '../rows/stored-text.js';
import type { MongoEventLog } from './event-log.mongo.js';

/** Collections whose records carry events. */
const TOLD = ['sessions', 'carts', 'customers'] as const;
type Told = (typeof TOLD)[number];

interface Place {
  readonly collection: Told;
  readonly id: string;
}

interface Carrier extends Row {
  readonly outbox?: readonly EventRow[];
}

/** Records whose events are moved together. */
const AT_ONCE = 100;

/** Events of one batch of the log: the head of the log holds them all for a moment. */
const A_BATCH = 200;

/** How often an instance looks for events that another one left behind when it was killed. */
const LOOK_MS = 2_000;

/**
 * Moves events from the records that they were written with to the log, in the order in which they stand there. The
 * instance that wrote them does it at once; whatever it leaves undone, any instance does. What a crash interrupts is
 * repeated: the log knows an event by its id, and the record keeps it until it is in the log.
 */
export class MongoEventRelay {
  private readonly log = new Logger(MongoEventRelay.name);
  private readonly looks = new Passes(
    () => this.look(),
    (error) => this.failed(error, 'Events could not be looked for'),
  );
  private readonly due = new Map<string, Map<string, Place>>();
  private readonly running = new Map<string, Promise<void>>();
  private begun = false;

  constructor(
    private readonly link: MongoLink,
    private readonly events: MongoEventLog,
  ) {}

  /** Looks for what was left behind, from now on. */
  begin(): void {
    if (this.begun || this.looks.isStopped) return;
    this.begun = true;
    this.looks.every(LOOK_MS);
    this.looks.wake();
  }

  /** Events were written with this record. */
  wake(collection: Told, id: string): void {
    this.begin();
    const tenant = id.slice(0, id.indexOf('/'));
    const due = this.due.get(tenant) ?? new Map<string, Place>();
    due.set(`${collection}/${id}`, { collection, id });
    this.due.set(tenant, due);
    if (!this.running.has(tenant)) this.running.set(tenant, this.drain(tenant));
  }

  /** Waits for what is under way; what is left then is another instance's. */
  async close(): Promise<void> {
    await this.looks.stop();
    await Promise.all(this.running.values());
  }

  /** Never throws: what fails now is found by the next look. */
  private async drain(tenant: string): Promise<void> {
    try {
      for (let due = this.due.get(tenant); due && due.size > 0; due = this.due.get(tenant)) {
        const some = [...due].slice(0, AT_ONCE);
        for (const [key] of some) due.delete(key);
        await this.move(
          tenant,
          some.map(([, place]) => place),
        );
      }
    } catch (error) {
      this.failed(error, 'Events could not be moved');
    } finally {
      this.due.delete(tenant);
      this.running.delete(tenant);
    }
  }

  private async move(tenant: string, places: readonly Place[]): Promise<void> {
    const found = await Promise.all(TOLD.map((name) => this.read(name, places)));
    const events = found.flat().flatMap(({ outbox = [] }) => outbox);
    for (let from = 0; from < events.length; from += A_BATCH) {
      await this.events.append(tenant, events.slice(from, from + A_BATCH).map(fromEventRow));
    }
    await Promise.all(TOLD.map((name, i) => this.pull(name, found[i] ?? [])));
  }

  private async read(name: Told, places: readonly Place[]): Promise<readonly Carrier[]> {
    const ids = places.filter(({ collection }) => collection === name).map(({ id }) => id);
    if (ids.length === 0) return [];
    const filter = { _id: { $in: toStored(ids) }, 'outbox.id': { $exists: true } } as object;
    const rows = await this.link.read(() =>
      this.link
        .collection(name)
        .find(filter, { projection: { outbox: 1 } })
        .toArray(),
    );
    return rows.map((row) => fromStored(row as unknown as Carrier));
  }

  private async pull(name: Told, carriers: readonly Carrier[]): Promise<void> {
    if (carriers.length === 0) return;
    const writes = carriers.flatMap(({ _id, outbox = [] }) => {
      const sent = { id: { $in: outbox.map(({ id }) => id) } };
      const empty = { _id, removed: true, outbox: { $size: 0 } };
      return [
        { updateOne: { filter: toStored({ _id }), update: { $pull: { outbox: toStored(sent) } } } },
        { deleteOne: { filter: toStored(empty) } },
      ];
    }) as unknown as mongo.AnyBulkWriteOperation[];
    await this.link.run(() => this.link.collection(name).bulkWrite(writes));
  }

  private async look(): Promise<void> {
    for (const name of TOLD) {
      const options = { projection: { _id: 1 }, hint: UNSENT, limit: A_BATCH };
      const found = await this.link.run(() =>
        this.link
          .collection(name)
          .find({ 'outbox.id': { $exists: true } }, options)
          .toArray(),
      );
      for (const { _id } of found) this.wake(name, fromStored(String(_id)));
    }
  }

  private failed(err: unknown, message: string): void {
    if (!(err instanceof StoreUnavailable)) this.log.warn({ err }, message);
  }
}
