import { Injectable } from '@nestjs/common';
import { OutboxService } from '../../mail/index.js';
import { Clock } from '../../shared/clock.js';
import { TenantRepository } from '../../tenant/index.js';
import { CustomerRepository } from '../customer.repository.js';
import type { Customer } from '../customer.types.js';
import {
  hasLegacyPassword,
  withoutLegacyPassword,
  withReminder,
} from '../passwords/legacy-password.rules.js';
import { isOver, isToRemind } from './password-retention.rules.js';

const AT_ONCE = 100;

/** Reminds customers whose password came from another system, and takes it away when its time is over. */
@Injectable()
export class PasswordRetentionSweep {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly customers: CustomerRepository,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** Several instances may do this at the same time: each customer is changed, and mailed, by one of them. */
  async sweep(): Promise<void> {
    for (const name of await this.customers.tenantsWithLegacyPasswords()) await this.sweepTenant(name);
  }

  private async sweepTenant(name: string): Promise<void> {
    const retention = (await this.tenants.find(name))?.passwordRetention;
    const now = this.clock.now();
    // An import that was under way while the retention was removed brings passwords in that have no end.
    if (!retention || isOver(retention, now)) await this.end(name, retention?.mails ?? false);
    else if (isToRemind(retention, now)) await this.remind(name);
  }

  private async end(tenant: string, mails: boolean): Promise<void> {
    for await (const customer of this.legacyOf(tenant)) {
      if (!(await this.changes(customer, withoutLegacyPassword)) || !mails) continue;
      const { id: customerId, email } = customer;
      await this.outbox.post({ tenant, kind: 'password-expired', customerId, email });
    }
  }

  private async remind(tenant: string): Promise<void> {
    for await (const customer of this.legacyOf(tenant)) {
      if (customer.legacyPassword === 'reminded' || !(await this.changes(customer, withReminder))) continue;
      const { id: customerId, email } = customer;
      await this.outbox.post({ tenant, kind: 'password-expires', customerId, email });
    }
    await this.tenants.change(tenant, ({ passwordRetention, ...current }) => ({
      ...current,
      ...(passwordRetention && { passwordRetention: { ...passwordRetention, reminded: true } }),
    }));
  }

  /** @returns whether this call made the change */
  private async changes({ tenant, id }: Customer, decide: (current: Customer) => Customer): Promise<boolean> {
    const made = { change: false };
    await this.customers.change(tenant, id, (current) => {
      const next = decide(current);
      made.change = next !== current && next.legacyPassword !== current.legacyPassword;
      return made.change ? next : current;
    });
    return made.change;
  }

  private async *legacyOf(tenant: string): AsyncGenerator<Customer> {
    let after: string | undefined;
    for (;;) {
      const some = await this.customers.withLegacyPassword(tenant, AT_ONCE, after);
      yield* some.filter(hasLegacyPassword);
      after = some.at(-1)?.id;
      if (some.length < AT_ONCE) return;
    }
  }
}
