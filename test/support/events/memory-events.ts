import { EventFeed, EventLog, type LoggedEvent, type StoredEvent } from '../../../src/events/index.js';

const BUILT_AT = new Date('2026-11-28T10:00:00.000Z');

/** An event of a session, unless `parts` says otherwise. */
export const anEvent = (parts: Partial<StoredEvent> = {}): StoredEvent => ({
  id: crypto.randomUUID(),
  tenant: 'acme',
  type: 'onesession.context.changed',
  subject: 's1',
  sequence: 1,
  time: BUILT_AT,
  data: {},
  ...parts,
});

/** A log in memory, and the feed that wakes its readers, for specs of readers. */
export class MemoryEvents extends EventLog {
  private readonly logged: LoggedEvent[] = [];
  private readonly readers = new Set<() => void>();
  /** Set to have the store be away. */
  failure: Error | undefined;

  readonly feed: EventFeed = {
    onGrowth: (_tenant, wake) => {
      this.readers.add(wake);
      return () => this.readers.delete(wake);
    },
  };

  get hasReaders(): boolean {
    return this.readers.size > 0;
  }

  write(...events: readonly Partial<StoredEvent>[]): readonly LoggedEvent[] {
    const logged = events.map((parts, i) => ({
      event: anEvent(parts),
      position: String(this.logged.length + i + 1).padStart(6, '0'),
    }));
    this.logged.push(...logged);
    for (const wake of this.readers) wake();
    return logged;
  }

  override async after(tenant: string, position = '', limit: number): Promise<readonly LoggedEvent[]> {
    if (this.failure) throw this.failure;
    return this.logged
      .filter((one) => one.event.tenant === tenant && one.position > position)
      .slice(0, limit);
  }

  override async newest(tenant: string): Promise<string | undefined> {
    return this.logged.findLast(({ event }) => event.tenant === tenant)?.position;
  }

  override async newestOf(): Promise<ReadonlyMap<string, string>> {
    return new Map();
  }

  override async positionOf(tenant: string, eventId: string): Promise<string | undefined> {
    return this.logged.find(({ event }) => event.tenant === tenant && event.id === eventId)?.position;
  }

  override async sweep(): Promise<number> {
    return 0;
  }

  override async forget(): Promise<void> {}
}
