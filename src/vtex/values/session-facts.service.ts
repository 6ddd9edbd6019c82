import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CustomerRepository } from '../../customer/index.js';
import { defaultValues, type Session } from '../../session/index.js';
import { Conflict } from '../../shared/domain-error.js';
import { SiteReader } from '../../site-settings/index.js';
import type { SessionFacts } from './app.types.js';

@Injectable()
export class SessionFactsService {
  constructor(
    private readonly sites: SiteReader,
    private readonly customers: CustomerRepository,
  ) {}

  /** @throws Conflict - the tenant has no site yet */
  async of({
    tenant,
    customerId,
    asked,
  }: Pick<Session, 'tenant' | 'customerId' | 'asked'>): Promise<SessionFacts> {
    const [sites, customer] = await Promise.all([
      this.sites.list(tenant),
      customerId === undefined ? undefined : this.customers.find(tenant, customerId),
    ]);
    const derived = defaultValues(sites, asked, customer);
    if (!derived) throw new Conflict('The tenant has no default site: create one first');
    return {
      accountId: accountIdOf(tenant),
      sites,
      derived,
      ...(customer && { customer }),
    };
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
