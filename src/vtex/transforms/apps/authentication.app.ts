import { Injectable } from '@nestjs/common';
import { CustomerRepository } from '../../../customer/index.js';
import type { AppContext, Outputs, Values } from '../../values/app.types.js';
import { BuiltInApp, outputsOf } from './built-in-app.js';

/** Writes who the authentication cookies prove the caller to be. An invalid cookie proves nothing (M-37 to M-40). */
@Injectable()
export class AuthenticationApp extends BuiltInApp {
  constructor(private readonly customers: CustomerRepository) {
    super('authentication');
  }

  async run(_inputs: Values, { tenant, session, customerId, admin }: AppContext): Promise<Outputs> {
    const employee = { adminUserId: admin?.clientId, adminUserEmail: admin?.email };
    // A login in the other dialect makes the session the customer's, whatever a cookie says (D-22).
    if (session.customerId !== undefined) return outputsOf('authentication', employee);
    const customer = customerId === undefined ? undefined : await this.customers.find(tenant, customerId);
    return outputsOf('authentication', {
      ...employee,
      storeUserId: customer?.id,
      storeUserEmail: customer?.email,
    });
  }
}
