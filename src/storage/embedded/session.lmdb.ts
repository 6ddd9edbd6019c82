import { SessionRepository, type Step } from '../../session/session.repository.js';
import type { Session, SessionKey } from '../../session/session.types.js';
import { stateOf } from '../../session/tokens/lifetime.rules.js';
import type { EmbeddedStore, EndIndex, Table } from './store/embedded-store.js';

const keyOf = ({ tenant, sessionId }: SessionKey): string[] => [tenant, sessionId];

const goneAt = (session: Session | undefined): Date | undefined => session?.lifetime?.goneAt;

export class LmdbSessionRepository extends SessionRepository {
  private readonly sessions: Table<Session>;
  private readonly byCustomer: Table<true>;
  private readonly ends: EndIndex;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.sessions = store.table('sessions');
    this.byCustomer = store.table('sessions-by-customer');
    this.ends = store.endIndex('sessions-by-end');
  }

  override async find(key: SessionKey, now: Date): Promise<Session | undefined> {
    return this.present(key, now);
  }

  override create(session: Session, now: Date): Promise<boolean> {
    return this.store.write(() => {
      if (this.present(session, now)) return false;
      this.put(session);
      return true;
    });
  }

  override change<R>(
    key: SessionKey,
    now: Date,
    decide: (current: Session) => Step<R>,
  ): Promise<{ readonly result: R } | undefined> {
    return this.store.write(() => {
      const current = this.present(key, now);
      if (!current) return undefined;
      const { next, result } = decide(current);
      if (next !== current) this.put({ ...next, revision: current.revision + 1 });
      return { result };
    });
  }

  override async idsOfCustomer(tenant: string, customerId: string): Promise<readonly string[]> {
    return [...this.byCustomer.under([tenant, customerId])].map(({ key }) => (key as string[])[2] ?? '');
  }

  override async countsOfCustomers(
    tenant: string,
    customerIds: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    return new Map(customerIds.map((id) => [id, this.byCustomer.count([tenant, id])]));
  }

  override async remove(key: SessionKey): Promise<void> {
    await this.store.write(() => this.erase(key));
  }

  /** Erases sessions that are gone, up to `limit`. @returns how many */
  sweep(now: Date, limit: number): Promise<number> {
    return this.store.write(() => {
      const ended = this.ends.endedBy(now, limit);
      for (const [tenant = '', sessionId = ''] of ended) this.erase({ tenant, sessionId });
      return ended.length;
    });
  }

  private present(key: SessionKey, now: Date): Session | undefined {
    const session = this.sessions.get(keyOf(key));
    return session && stateOf(session, now) !== 'gone' ? session : undefined;
  }

  private put(next: Session): void {
    const before = this.sessions.get(keyOf(next));
    this.sessions.put(keyOf(next), next);
    this.ends.move(keyOf(next), goneAt(before), goneAt(next));
    if (next.customerId !== undefined)
      this.byCustomer.put([next.tenant, next.customerId, next.sessionId], true);
  }

  private erase(key: SessionKey): void {
    const before = this.sessions.get(keyOf(key));
    if (!before) return;
    this.sessions.remove(keyOf(key));
    this.ends.move(keyOf(key), goneAt(before), undefined);
    if (before.customerId !== undefined) {
      this.byCustomer.remove([before.tenant, before.customerId, before.sessionId]);
    }
  }
}
