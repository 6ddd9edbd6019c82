import { EventLog } from '../../../events/event-log.repository.js';
import { withoutAttributes } from '../../../events/event.rules.js';
import type { LoggedEvent, StoredEvent } from '../../../events/event.types.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import type { EndIndex } from '../store/end-index.js';
import { LAST, type Table } from '../store/table.js';

/** Wide enough for every safe integer, so that positions sort as text. */
const DIGITS = 16;

const FIRST = '';

export class LmdbEventLog extends EventLog {
  private readonly events: Table<StoredEvent>;
  private readonly positions: Table<string>;
  private readonly newestPositions: Table<string>;
  private readonly times: EndIndex;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.events = store.table('events');
    this.positions = store.table('event-positions');
    this.newestPositions = store.table('events-newest');
    this.times = store.endIndex('events-by-time');
  }

  /** Inside `EmbeddedStore.write` only: the write of what the events tell of. */
  append(events: readonly StoredEvent[]): void {
    for (const event of events) {
      const { tenant, id, time } = event;
      const newest = Number(this.newestPositions.get([tenant]) ?? 0);
      const position = String(newest + 1).padStart(DIGITS, '0');
      this.events.put([tenant, position], event);
      this.positions.put([tenant, id], position);
      this.newestPositions.put([tenant], position);
      this.times.move([tenant, position], undefined, time);
    }
  }

  override async after(
    tenant: string,
    position: string | undefined,
    limit: number,
  ): Promise<readonly LoggedEvent[]> {
    const found = this.events.between([tenant, position ?? FIRST], [tenant, LAST], limit);
    return Array.from(found, ({ key, row }) => ({ event: row, position: key[1] ?? FIRST }));
  }

  override async newest(tenant: string): Promise<string | undefined> {
    return this.newestPositions.get([tenant]);
  }

  override async newestOf(tenants: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const newest = new Map<string, string>();
    for (const tenant of tenants) {
      const position = this.newestPositions.get([tenant]);
      if (position !== undefined) newest.set(tenant, position);
    }
    return newest;
  }

  override async positionOf(tenant: string, eventId: string): Promise<string | undefined> {
    return this.positions.get([tenant, eventId]);
  }

  override sweep(before: Date, limit: number): Promise<number> {
    return this.store.eraseEnded(this.times, before, limit, (key) => {
      const [tenant = '', position = ''] = key;
      const event = this.events.get([tenant, position]);
      if (!event) return;
      this.times.move(key, event.time, undefined);
      this.positions.remove([tenant, event.id]);
      this.events.remove(key);
    });
  }

  override async forget(tenant: string, customerId: string): Promise<void> {
    const subjects = new Set<string>();
    for (const { row } of this.events.between([tenant, FIRST], [tenant, LAST])) {
      if (row.person === customerId) subjects.add(row.subject);
    }
    if (subjects.size === 0) return;
    const changed: { readonly key: string[]; readonly row: StoredEvent }[] = [];
    for (const { key, row } of this.events.between([tenant, FIRST], [tenant, LAST])) {
      if (!subjects.has(row.subject)) continue;
      const next = withoutAttributes(row);
      if (next !== row) changed.push({ key, row: next });
    }
    await this.store.write(() => {
      for (const { key, row } of changed) if (this.events.get(key)) this.events.put(key, row);
    });
  }
}
