import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LegalEntityRepository } from '../../client-management/index.js';
import { CustomerRepository } from '../../customer/index.js';
import { defaultValues, type Session } from '../../session/index.js';
import { Conflict } from '../../shared/domain-error.js';
import { SiteReader } from '../../site-settings/index.js';
import type { Customers, SessionFacts, Unit } from './app.types.js';
import { CycleCustomers } from './cycle-customers.js';

@Injectable()
export class SessionFactsService {
  constructor(
    private readonly sites: SiteReader,
    private readonly customers: CustomerRepository,
    private readonly companies: LegalEntityRepository,
  ) {}

  /** @throws Conflict - the tenant has no site yet */
  async of({
    tenant,
    customerId,
    legalEntityId,
    asked,
  }: Pick<Session, 'tenant' | 'customerId' | 'legalEntityId' | 'asked'>): Promise<SessionFacts> {
    const [sites, customer, unit] = await Promise.all([
      this.sites.list(tenant),
      customerId === undefined ? undefined : this.customers.find(tenant, customerId),
      customerId === undefined ? undefined : this.unitOf(tenant, legalEntityId),
    ]);
    const derived = defaultValues(sites, asked, customer);
    if (!derived) throw new Conflict('The tenant has no default site: create one first');
    return {
      accountId: accountIdOf(tenant),
      sites,
      derived,
      ...(customer && { customer }),
      ...(unit && { unit }),
    };
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

/** Derives a UUID that is the same on every instance and store (version 8, RFC 9562 section 5.8). */
export function accountIdOf(tenant: string): string {
  const hex = createHash('sha256').update(`account ${tenant}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
