import { Injectable } from '@nestjs/common';
import { CustomerRepository, type Customer } from '../../customer/index.js';
import { facetKeyOf, facetsFrom, type Session } from '../../session/index.js';
import { Clock, secondsAfter } from '../../shared/clock.js';
import { TenantService } from '../../tenant/index.js';
import {
  type Among,
  type FacetFilter,
  type InState,
  type Position,
  type Range,
  SessionDirectory,
} from '../session-directory.repository.js';
import type { SessionFilter } from '../session-filter.types.js';
import { facetsPass, sessionPasses } from './session-filter.rules.js';
import { SessionSegments } from './session-segments.service.js';

/**
 * Sessions that one page looks at. Most filters choose groups of which every session passes; `state`, and `segment` of
 * customers without a context, are judged session by session. A page that reaches this bound ends early, with a cursor.
 */
const MOST_SEEN = 2_000;

export interface ListedSession {
  readonly session: Session;
  readonly customer?: Customer;
}

export interface SessionPage {
  readonly items: readonly ListedSession[];
  /** Where the next page begins. */
  readonly next?: Position;
}

export interface SessionPageQuery {
  readonly limit: number;
  readonly behind?: Position;
}

/**
 * Sessions that are judged at once, because a store reads the customers of concurrent calls together (decision 0042).
 * More would read many in vain where the page is full soon.
 */
const JUDGED_AT_ONCE = 100;

type Check = (session: Session) => Promise<boolean>;

/** How to find the sessions that pass a filter. */
interface Plan {
  readonly among: Among;
  readonly wanted?: InState;
  /** Tells whether one that was found passes. */
  readonly check: Check;
}

/** Lists sessions for employees, the newest first. */
@Injectable()
export class SessionListService {
  constructor(
    private readonly directory: SessionDirectory,
    private readonly segments: SessionSegments,
    private readonly customers: CustomerRepository,
    private readonly tenants: TenantService,
    private readonly clock: Clock,
  ) {}

  /** A page may be short, or empty, and still not be the last one. */
  async list(tenant: string, filter: SessionFilter, query: SessionPageQuery): Promise<SessionPage> {
    const named = await this.withCustomer(tenant, filter);
    if (!named) return { items: [] };
    const plan = await this.plan(tenant, named);
    const range = await this.rangeOf(tenant, named);
    const page = await this.scan(tenant, plan, { ...range, ...query });
    return { ...page, items: await this.withCustomers(tenant, page.sessions) };
  }

  async withCustomers(tenant: string, sessions: readonly Session[]): Promise<readonly ListedSession[]> {
    const ids = [...new Set(sessions.flatMap(({ customerId }) => customerId ?? []))];
    const found = await Promise.all(ids.map((id) => this.customers.find(tenant, id)));
    return sessions.map((session) => {
      const customer = found[ids.indexOf(session.customerId ?? '')];
      return { session, ...(customer && { customer }) };
    });
  }

  /** @returns undefined if nobody can pass: the e-mail is no customer's, or another one's */
  private async withCustomer(tenant: string, filter: SessionFilter): Promise<SessionFilter | undefined> {
    const { email, customerId } = filter;
    if (email === undefined) return filter;
    const customer = await this.customers.findByLogin(tenant, email);
    if (!customer || (customerId ?? customer.id) !== customer.id) return undefined;
    return { ...filter, customerId: customer.id };
  }

  private async plan(tenant: string, filter: SessionFilter): Promise<Plan> {
    const { customerId, cartId, segment, state } = filter;
    const now = this.clock.now();
    const judge = segment === undefined ? undefined : await this.segments.judge(tenant, segment);
    const check: Check = async (session) => {
      const facets = facetsFrom(facetKeyOf(session));
      return sessionPasses(session, facets, filter, now) && (judge?.has(session, facets) ?? true);
    };
    const plan = { check, ...(state && { wanted: { state, now } }) };
    if (customerId !== undefined) return { ...plan, among: { customerId } };
    if (cartId !== undefined) return { ...plan, among: { cartId } };
    const passing: FacetFilter = (facets) =>
      !facets || (facetsPass(facets, filter) && (judge?.mayHave(facets) ?? true));
    return { ...plan, among: { passing } };
  }

  private async rangeOf(
    tenant: string,
    { state, createdAfter, createdBefore }: SessionFilter,
  ): Promise<Range> {
    const before = state === 'dormant' ? await this.firstAlive(tenant, createdBefore) : createdBefore;
    return { ...(createdAfter && { from: createdAfter }), ...(before && { before }) };
  }

  /** Sessions that began within a lifetime are all alive: a list of dormant ones need not look at them. */
  private async firstAlive(tenant: string, createdBefore: Date | undefined): Promise<Date> {
    const { lifetimeSeconds } = await this.tenants.anonymousLifetime(tenant);
    const first = new Date(secondsAfter(this.clock.now(), -lifetimeSeconds).getTime() + 1);
    return createdBefore && createdBefore < first ? createdBefore : first;
  }

  private async scan(
    tenant: string,
    { among, check, wanted: living }: Plan,
    { limit, ...range }: Range & SessionPageQuery,
  ): Promise<{ readonly sessions: readonly Session[]; readonly next?: Position }> {
    const sessions: Session[] = [];
    let behind = range.behind;
    for (let seen = 0; seen < MOST_SEEN;) {
      // Twice at most: each attempt chooses among all groups again.
      const wanted = seen === 0 ? limit + 1 : MOST_SEEN - seen;
      const slice = await this.directory.slice(
        tenant,
        among,
        { ...range, ...(behind && { behind }) },
        wanted,
        living,
      );
      for (const some of chunksOf(slice.sessions)) {
        const passes = await Promise.all(some.map(check));
        for (const session of some.filter((_, i) => passes[i])) {
          const last = sessions.at(-1);
          if (sessions.length === limit && last) return { sessions, next: last };
          sessions.push(session);
        }
      }
      if (!slice.end) return { sessions };
      behind = slice.end;
      seen += wanted;
    }
    return { sessions, ...(behind && { next: behind }) };
  }
}

const chunksOf = (sessions: readonly Session[]): readonly (readonly Session[])[] =>
  Array.from({ length: Math.ceil(sessions.length / JUDGED_AT_ONCE) }, (_, i) =>
    sessions.slice(i * JUDGED_AT_ONCE, (i + 1) * JUDGED_AT_ONCE),
  );
