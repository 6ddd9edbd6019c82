import { Injectable, Logger } from '@nestjs/common';
import { CustomerNotFound, CustomerRepository, emailsHeld } from '../customer/index.js';
import { Clock } from '../shared/clock.js';
import { ErasureRepository } from './erasure.repository.js';
import { begun, counted, settled } from './erasure.rules.js';
import type { ErasedCounts, Erasure } from './erasure.types.js';
import { Overwriter } from './overwriter.js';
import { PersonRecords } from './person-records.js';
import { Removers } from './removers.js';

/** Number of erasures per pass. The next pass continues with the others. */
const A_PASS = 100;

/**
 * Erases a person from the store (GDPR article 17). The erasure is stored before the first record is removed and each
 * step can be repeated, so that it continues after a crash, at the next call or the next sweep. The customer record
 * goes first, so that no login can begin a new session.
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

  /** @returns how many records were removed @throws CustomerNotFound - also when the person was erased before */
  async erase(tenant: string, customerId: string): Promise<ErasedCounts> {
    const erasure = (await this.erasures.find(tenant, customerId)) ?? (await this.begin(tenant, customerId));
    if (erasure.settlesAt) throw new CustomerNotFound(customerId);
    return (await this.resume(erasure)).erased;
  }

  /**
   * Continues erasures that a crash interrupted, and checks once more for records that were being written meanwhile.
   */
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
    const anonymised = await this.removers.auditLines(tenant, await this.records.idsOf(tenant, customerId));
    const contactAssignments = await this.removers.contactAssignments(tenant, customerId);
    const carts = await this.removers.carts(tenant, this.records.cartsOf(tenant, customerId));
    const own = await this.removers.sessions(this.records.sessionsOf(tenant, customerId));
    const employees = await this.removers.sessions(this.records.employeesSessionsOf(tenant, customerId));
    const sessions = own.sessions + employees.sessions;
    const history = own.history + employees.history;
    const mails = await this.removers.mails(tenant, this.records.mailsOf(tenant, customerId, emails));
    const lines = await this.removers.names(await this.records.impersonationsOf(tenant, customerId));
    await this.removers.events(tenant, customerId);
    const left = settled(
      counted(erasure, {
        carts,
        sessions,
        history,
        mails,
        auditAnonymised: lines + anonymised,
        contactAssignments,
      }),
      this.clock.now(),
    );
    await this.erasures.save(left);
    await this.overwriter.overwrite();
    if (!erasure.settlesAt)
      this.log.log({ tenant, customerId, erased: left.erased }, 'a customer was erased');
    return left;
  }
}
