import type { EndCause } from '../../events/index.js';
import type { TenantService } from '../../tenant/index.js';
import { type FoundIds, SessionRepository, type Step } from '../session.repository.js';
import type { ChangedBy, Session, SessionKey } from '../session.types.js';
import { withHistory } from './history.rules.js';

/** Adds each change of a context to the history in the record, with the same write as the change itself. */
export class SessionsWithHistory extends SessionRepository {
  constructor(
    private readonly stored: SessionRepository,
    private readonly tenants: TenantService,
  ) {
    super();
  }

  override find(key: SessionKey, now: Date): Promise<Session | undefined> {
    return this.stored.find(key, now);
  }

  override async create(session: Session, now: Date, by?: ChangedBy): Promise<boolean> {
    if (!session.context) return this.stored.create(session, now, by);
    const omitsAttributeValues = await this.tenants.historyOmitsAttributeValues(session.tenant);
    return this.stored.create(withHistory(undefined, session, { by, omitsAttributeValues }), now, by);
  }

  override async change<R>(
    key: SessionKey,
    now: Date,
    decide: (current: Session) => Step<R>,
  ): Promise<{ readonly result: R } | undefined> {
    const omitsAttributeValues = await this.tenants.historyOmitsAttributeValues(key.tenant);
    return this.stored.change(key, now, (current) => {
      const step = decide(current);
      return { ...step, next: withHistory(current, step.next, { by: step.by, omitsAttributeValues }) };
    });
  }

  override idsOfCustomer(tenant: string, customerId: string): Promise<readonly string[]> {
    return this.stored.idsOfCustomer(tenant, customerId);
  }

  override countsOfCustomers(
    tenant: string,
    customerIds: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    return this.stored.countsOfCustomers(tenant, customerIds);
  }

  override idsBegunBefore(...search: Parameters<SessionRepository['idsBegunBefore']>): Promise<FoundIds> {
    return this.stored.idsBegunBefore(...search);
  }

  override remove(key: SessionKey, cause: EndCause): Promise<void> {
    return this.stored.remove(key, cause);
  }
}
