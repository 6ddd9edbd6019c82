import { Injectable } from '@nestjs/common';
import { TenantService } from '../../tenant/index.js';
import { type FoundIds, SessionRepository, type Step, StoredSessions } from '../session.repository.js';
import type { ChangedBy, Session, SessionKey } from '../session.types.js';
import { withHistory } from './history.rules.js';

/** Adds each change of a context to the history in the record, with the same write as the change itself. */
@Injectable()
export class SessionsWithHistory extends SessionRepository {
  constructor(
    private readonly stored: StoredSessions,
    private readonly tenants: TenantService,
  ) {
    super();
  }

  override find(key: SessionKey, now: Date): Promise<Session | undefined> {
    return this.stored.find(key, now);
  }

  override async create(session: Session, now: Date, by?: ChangedBy): Promise<boolean> {
    if (!session.context) return this.stored.create(session, now);
    const omitsAttributeValues = await this.tenants.historyOmitsAttributeValues(session.tenant);
    return this.stored.create(withHistory(undefined, session, { by, omitsAttributeValues }), now);
  }

  override async change<R>(
    key: SessionKey,
    now: Date,
    decide: (current: Session) => Step<R>,
  ): Promise<{ readonly result: R } | undefined> {
    const omitsAttributeValues = await this.tenants.historyOmitsAttributeValues(key.tenant);
    return this.stored.change(key, now, (current) => {
      const { next, result, by } = decide(current);
      return { next: withHistory(current, next, { by, omitsAttributeValues }), result };
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

  override remove(key: SessionKey): Promise<void> {
    return this.stored.remove(key);
  }
}
