import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LegalEntityRepository } from '../../client-management/index.js';
import { CustomerRepository } from '../../customer/index.js';
import { defaultValues, type Session } from '../../session/index.js';
import { Conflict } from '../../shared/domain-error.js';
import { SiteReader } from '../../site-settings/index.js';
import type { Customers, SessionFacts, Unit } from './app.types.js';
import { CycleCustomers } from './cycle-customers.js';

type Derivable = Pick<Session, 'tenant' | 'customerId' | 'legalEntityId' | 'asked'>;

/** What the values of a session are derived from besides itself. */
type Read = Pick<SessionFacts, 'sites' | 'customer' | 'unit'>;

@Injectable()
export class SessionFactsService {
  private readonly bySession = new WeakMap<Derivable, SessionFacts>();

  constructor(
    private readonly sites: SiteReader,
    private readonly customers: CustomerRepository,
    private readonly companies: LegalEntityRepository,
  ) {}

  /**
   * The same object for a stored session as long as its facts are the same.
   * @throws Conflict - the tenant has no site yet
   */
  async of(session: Derivable): Promise<SessionFacts> {
    const { tenant, customerId, legalEntityId } = session;
    const sites = await this.sites.list(tenant);
    if (customerId === undefined) return this.remembered(session, { sites });
    const [customer, unit] = await Promise.all([
      this.customers.find(tenant, customerId),
      this.unitOf(tenant, legalEntityId),
    ]);
    return this.remembered(session, { sites, ...(customer && { customer }), ...(unit && { unit }) });
  }

  /** Only with a session that the store keeps and shares: any other one is used once. */
  private remembered(session: Derivable, read: Read): SessionFacts {
    const known = this.bySession.get(session);
    if (known && isSame(known, read)) return known;
    const facts = factsOf(session, read);
    if (Object.isFrozen(session)) this.bySession.set(session, facts);
    return facts;
  }

  /** For the apps of one cycle. */
  customersOf(tenant: string): Customers {
    return new CycleCustomers(this.customers, tenant);
  }

  /** Reads nothing if there is no legal entity. */
  async unitOf(tenant: string, legalEntityId: string | undefined): Promise<Unit | undefined> {
    if (legalEntityId === undefined) return undefined;
    const company = await this.companies.find(tenant, legalEntityId);
    return { id: legalEntityId, ...(company && { name: company.name }) };
  }
}

/** @throws Conflict - the tenant has no site yet */
function factsOf({ tenant, asked }: Derivable, read: Read): SessionFacts {
  const derived = defaultValues(read.sites, asked, read.customer);
  if (!derived) throw new Conflict('The tenant has no default site: create one first');
  return { accountId: accountIdOf(tenant), derived, ...read };
}

const isSame = (known: Read, read: Read): boolean =>
  known.sites === read.sites &&
  known.customer === read.customer &&
  known.unit?.id === read.unit?.id &&
  known.unit?.name === read.unit?.name;

/** Derives a UUID that is the same on every instance and store (version 8, RFC 9562 section 5.8). */
export function accountIdOf(tenant: string): string {
  const hex = hash('sha256', `account ${tenant}`);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
