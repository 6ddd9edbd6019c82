import { Injectable } from '@nestjs/common';
import type { AppContext, Outputs, Values } from '../../values/app.types.js';
import { BuiltInApp, outputsOf } from './built-in-app.js';

/** Writes who the authentication cookies prove the caller to be. An invalid cookie proves nothing (M-37 to M-40). */
@Injectable()
export class AuthenticationApp extends BuiltInApp {
  constructor() {
    super('authentication');
  }

  async run(_inputs: Values, { session, customers, customerId, admin }: AppContext): Promise<Outputs> {
    const employee = {
      'authentication.adminUserId': admin?.clientId,
      'authentication.adminUserEmail': admin?.email,
    };
    // A login in the other dialect makes the session the customer's, whatever a cookie says (D-22).
    if (session.customerId !== undefined) return outputsOf(employee);
    const customer = customerId === undefined ? undefined : await customers.find(customerId);
    return outputsOf({
      ...employee,
      'authentication.storeUserId': customer?.id,
      'authentication.storeUserEmail': customer?.email,
    });
  }
}
