import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { type EndCause, Subscribers } from '../../events/index.js';
import { Clock } from '../../shared/clock.js';
import { TenantService } from '../../tenant/index.js';
import { type FoundIds, SessionRepository, type Step, StoredSessions } from '../session.repository.js';
import type { ChangedBy, Session, SessionKey } from '../session.types.js';
import { causeOfExpiry, eventsOfBeginning, eventsOfChange, eventsOfEnd } from './session-events.rules.js';

/** Writes the events of each change together with the change, if anybody wants events of the tenant. */
@Injectable()
export class SessionsWithEvents extends SessionRepository {
  constructor(
    private readonly stored: StoredSessions,
    private readonly subscribers: Subscribers,
    private readonly tenants: TenantService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    super();
    stored.tellOfExpired((ended) => {
      if (!subscribers.wants(ended.tenant)) return [];
      return eventsOfEnd(ended, causeOfExpiry(ended, this.config.ANONYMOUS_MAX_SECONDS), this.clock.now());
    });
  }

  override find(key: SessionKey, now: Date): Promise<Session | undefined> {
    return this.stored.find(key, now);
  }

  override async create(session: Session, now: Date, by?: ChangedBy): Promise<boolean> {
    if (!this.subscribers.wants(session.tenant)) return this.stored.create(session, now);
    const withAttributeValues = await this.tenants.eventsWithAttributeValues(session.tenant);
    const events = eventsOfBeginning(session, { by, now, withAttributeValues });
    return this.stored.create(session, now, by, events);
  }

  override async change<R>(
    key: SessionKey,
    now: Date,
    decide: (current: Session) => Step<R>,
  ): Promise<{ readonly result: R } | undefined> {
    if (!this.subscribers.wants(key.tenant)) return this.stored.change(key, now, decide);
    const withAttributeValues = await this.tenants.eventsWithAttributeValues(key.tenant);
    return this.stored.change(key, now, (current) => {
      const step = decide(current);
      const { by, reused, next } = step;
      return { ...step, events: eventsOfChange(current, next, { by, reused, now, withAttributeValues }) };
    });
  }

  override idsOfCustomer(tenant: string, customerId: string): Promise<readonly string[]> {
    return this.stored.idsOfCustomer(tenant, customerId);
  }

  override idsProvenBy(tenant: string, customerId: string): Promise<readonly string[]> {
    return this.stored.idsProvenBy(tenant, customerId);
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
    if (!this.subscribers.wants(key.tenant)) return this.stored.remove(key);
    return this.stored.remove(key, cause, (ended) => eventsOfEnd(ended, cause, this.clock.now()));
  }
}
