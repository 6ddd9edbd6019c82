import type { EndCause } from '../../events/index.js';
import type { TenantService } from '../../tenant/index.js';
import { type Agent, actingAgent } from '../../shared/acting-agent.js';
import { VTEX_CLIENT } from '../new-session.rules.js';
import type { SessionMeter } from '../session-meter.js';
import { type FoundIds, SessionRepository, type Step } from '../session.repository.js';
import type { ChangedBy, Session, SessionKey } from '../session.types.js';
import { changedByAgent, setByAgent } from './agents-change.rules.js';
import { withHistory } from './history.rules.js';

/** Adds each change of a context to the history in the record, with the same write as the change itself. */
export class SessionsWithHistory extends SessionRepository {
  constructor(
    private readonly stored: SessionRepository,
    private readonly tenants: TenantService,
    private readonly meter: SessionMeter,
  ) {
    super();
  }

  override find(key: SessionKey, now: Date): Promise<Session | undefined> {
    return this.stored.find(key, now);
  }

  override async create(session: Session, now: Date, by?: ChangedBy): Promise<boolean> {
    const created = await this.stored.create(await this.firstOf(session, by), now, by);
    if (created) this.meter.login(session.tenant, session.clientId === VTEX_CLIENT ? 'vtex' : 'anonymous');
    return created;
  }

  override async change<R>(
    key: SessionKey,
    now: Date,
    decide: (current: Session) => Step<R>,
  ): Promise<{ readonly result: R } | undefined> {
    // Not within `decide`, which may run together with those of other calls.
    const agent = actingAgent();
    const omitsAttributeValues = await this.tenants.historyOmitsAttributeValues(key.tenant);
    return this.stored.change(key, now, (current) => {
      const step = agent ? agentsStep(current, decide(current), agent) : decide(current);
      const { by, noted } = step;
      return { ...step, next: withHistory(current, step.next, { by, noted, at: now, omitsAttributeValues }) };
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
    return this.stored.remove(key, cause);
  }

  private async firstOf(session: Session, by: ChangedBy | undefined): Promise<Session> {
    if (!session.context) return session;
    const omitsAttributeValues = await this.tenants.historyOmitsAttributeValues(session.tenant);
    return withHistory(undefined, session, { by, omitsAttributeValues });
  }
}

const agentsStep = <R>(current: Session, step: Step<R>, agent: Agent): Step<R> => ({
  ...step,
  by: changedByAgent(step.by, agent),
  next: setByAgent(current, step.next),
});
