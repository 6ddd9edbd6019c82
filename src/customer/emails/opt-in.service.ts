import { Injectable } from '@nestjs/common';
import { OutboxService } from '../../mail/index.js';
import { Clock } from '../../shared/clock.js';
import { loginEmail } from '../../shared/email.js';
import { confirmed, unknownToken } from '../credentials/credentials.rules.js';
import { parseToken, tokenFits } from '../credentials/mailed-token.js';
import { CustomerRepository } from '../customer.repository.js';
import type { Customer } from '../customer.types.js';

/** Double opt-in: activates an account when the mailed link is followed. */
@Injectable()
export class OptInService {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** Sends another mail if somebody is waiting for one. Neither the answer nor its timing tells whether that is so. */
  async requestAgain(tenant: string, email: string): Promise<void> {
    await this.outbox.post({ tenant, kind: 'opt-in', email: loginEmail(email) });
  }

  /**
   * Activates the account. The password stays, because the link confirms the sign-up that chose it. Of two concurrent
   * uses of the token, one wins.
   * @throws InvalidInput if the token is not valid
   */
  async activate(tenant: string, token: string): Promise<Customer> {
    const { customerId, secret } = parseToken(token) ?? {};
    if (customerId === undefined || secret === undefined) throw unknownToken();
    const now = this.clock.now();
    const customer = await this.customers.change(tenant, customerId, (stored) => {
      if (!tokenFits(stored.optIn, secret, now)) throw unknownToken();
      return confirmed(stored, now);
    });
    if (!customer) throw unknownToken();
    return customer;
  }
}
