import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { DomainError, InvalidInput } from '../../shared/domain-error.js';
import { type PasswordRetention, TenantRepository } from '../../tenant/index.js';
import { CustomerRepository } from '../customer.repository.js';
import { isOver, newRetention, type RetentionInput } from './password-retention.rules.js';

class RetentionNotSet extends DomainError {
  override readonly kind = 'not-found';

  constructor() {
    super('The tenant has not set how long passwords of another system are kept');
  }
}

/** How long a tenant keeps passwords that came from another system. */
@Injectable()
export class PasswordRetentions {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly customers: CustomerRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws RetentionNotSet */
  async read(tenant: string): Promise<PasswordRetention> {
    const retention = (await this.tenants.find(tenant))?.passwordRetention;
    if (!retention) throw new RetentionNotSet();
    return retention;
  }

  /** @throws InvalidInput */
  async save(tenant: string, input: RetentionInput): Promise<PasswordRetention> {
    const passwordRetention = newRetention(input, this.clock.now());
    await this.tenants.change(tenant, (current) => ({ ...current, passwordRetention }));
    return passwordRetention;
  }

  /** @throws InvalidInput if a customer still has such a password */
  async remove(tenant: string): Promise<void> {
    const [one] = await this.customers.withLegacyPassword(tenant, 1);
    if (one) {
      throw InvalidInput.of(
        'retentionEndDate',
        'there are customers with passwords of another system; wait for the end, or move it to an earlier day',
      );
    }
    await this.tenants.change(tenant, ({ passwordRetention: _gone, ...current }) => current);
  }

  /** Tells whether such passwords may be brought in now. */
  async isOpen(tenant: string): Promise<boolean> {
    const retention = (await this.tenants.find(tenant))?.passwordRetention;
    return retention !== undefined && !isOver(retention, this.clock.now());
  }
}
