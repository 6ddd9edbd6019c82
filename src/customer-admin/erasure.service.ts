import { Injectable, Logger } from '@nestjs/common';
import { CustomerNotFound, CustomerRepository, emailsHeld } from '../customer/index.js';
import { Clock } from '../shared/clock.js';
import { ErasureRepository } from './erasure.repository.js';
import { begun, counted, settled } from './erasure.rules.js';
import type { ErasedCounts, Erasure } from './erasure.types.js';
import { Overwriter } from './overwriter.js';
import { PersonRecords } from './person-records.js';
import { Removers } from './removers.js';

/** Erasures that a pass looks at; the next pass goes on. */
const A_PASS = 100;

/**
 * Erases a person from the store (GDPR article 17). What is to be done is stored before the first record goes, and
 * each step may be taken again, so that an erasure that a crash cut short goes on: at the next call, or with the next
 * sweep. The customer goes first, so that no login makes a new session.
 */
@Injectable()
export class ErasureService {
  private readonly log = new Logger(ErasureService.name);

  constructor(
    private readonly erasures: ErasureRepository,
    private readonly customers: CustomerRepository,
    private readonly records: PersonRecords,
    private readonly removers: Removers,
    private readonly overwriter: Overwriter,
    private readonly clock: Clock,
  ) {}

  /** @returns how many records went. @throws CustomerNotFound - also when the person was erased already */
  async erase(tenant: string, customerId: string): Promise<ErasedCounts> {
    const erasure = (await this.erasures.find(tenant, customerId)) ?? (await this.begin(tenant, customerId));
    if (erasure.settlesAt) throw new CustomerNotFound(customerId);
    return (await this.resume(erasure)).erased;
  }

  /** Goes on with what a crash left, and looks once more for what was under way. */
  async sweep(now: Date): Promise<void> {
    for (const erasure of await this.erasures.list(A_PASS)) {
      if (erasure.settlesAt && erasure.settlesAt > now) continue;
      await this.resume(erasure);
      if (erasure.settlesAt) await this.erasures.remove(erasure.tenant, erasure.customerId);
    }
  }

  private async begin(tenant: string, customerId: string): Promise<Erasure> {
    const customer = await this.customers.find(tenant, customerId);
    if (!customer) throw new CustomerNotFound(customerId);
    const now = this.clock.now();
    const erasure = begun(customer, emailsHeld(customer, now), now);
    await this.erasures.save(erasure);
    return erasure;
  }

  private async resume(erasure: Erasure): Promise<Erasure> {
    const { tenant, customerId, emails } = erasure;
    await this.customers.remove(tenant, customerId, emails);
    const carts = await this.removers.carts(tenant, this.records.cartsOf(tenant, customerId));
    const sessions =
      (await this.removers.sessions(this.records.sessionsOf(tenant, customerId))) +
      (await this.removers.sessions(this.records.employeesSessionsOf(tenant, customerId)));
    const mails = await this.removers.mails(tenant, this.records.mailsOf(tenant, customerId, emails));
    const lines = await this.removers.names(await this.records.impersonationsOf(tenant, customerId));
    const left = settled(
      counted(erasure, { carts, sessions, mails, auditAnonymised: lines }),
      this.clock.now(),
    );
    await this.erasures.save(left);
    await this.overwriter.overwrite();
    if (!erasure.settlesAt)
      this.log.log({ tenant, customerId, erased: left.erased }, 'a customer was erased');
    return left;
  }
}
