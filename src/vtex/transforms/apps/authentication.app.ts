import { Injectable } from '@nestjs/common';
import { CustomerRepository } from '../../../customer/index.js';
import { CookieProofs } from '../../cookies/cookie-proofs.js';
import type { About, Outputs, Values } from '../app.types.js';
import { BuiltInApp, outputsOf } from './built-in-app.js';

/** Who the authentication cookies say is there; an invalid one says nothing (M-37 to M-40). */
@Injectable()
export class AuthenticationApp extends BuiltInApp {
  constructor(
    private readonly proofs: CookieProofs,
    private readonly customers: CustomerRepository,
  ) {
    super('authentication');
  }

  async run(inputs: Values, about: About): Promise<Outputs> {
    const admin = { adminUserId: about.admin?.clientId, adminUserEmail: about.admin?.email };
    // Whoever logged in through the other dialect is the session's customer, whatever a cookie says (D-22).
    if (about.session.customerId !== undefined) return outputsOf('authentication', admin);
    return outputsOf('authentication', { ...admin, ...(await this.shopper(inputs, about.tenant)) });
  }

  private async shopper(inputs: Values, tenant: string): Promise<Record<string, string | undefined>> {
    const name = this.proofs.shopperCookie(tenant);
    const value = inputs.get(`cookie.${name}`);
    const proof = value === undefined ? undefined : await this.proofs.verify(tenant, name, value);
    const customer =
      proof?.kind === 'customer' ? await this.customers.find(tenant, proof.customerId) : undefined;
    return { storeUserId: customer?.id, storeUserEmail: customer?.email };
  }
}
