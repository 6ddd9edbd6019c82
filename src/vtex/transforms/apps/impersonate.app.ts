import { Injectable } from '@nestjs/common';
import { CustomerRepository, loginEmail } from '../../../customer/index.js';
import type { About, Outputs, Values } from '../app.types.js';
import { grantedUntil, IMPERSONATE_SCOPE, isUnderWay } from '../../impersonation/impersonation.rules.js';
import { BuiltInApp, outputsOf } from './built-in-app.js';

/**
 * An employee acts as a customer (M-52 to M-57): with the scope in the token of the session's own admin cookie, never
 * by what the body claims; for a reason, and for a time.
 */
@Injectable()
export class ImpersonateApp extends BuiltInApp {
  constructor(private readonly customers: CustomerRepository) {
    super('impersonate');
  }

  async run(inputs: Values, about: About): Promise<Outputs> {
    const admin = inputs.get('authentication.adminUserEmail');
    const can = about.admin?.email === admin && (about.admin?.scopes.includes(IMPERSONATE_SCOPE) ?? false);
    const name = 'vtex-impersonated-customer-email';
    const email = inputs.get(`public.${name}`) || inputs.get(`cookie.${name}`);
    const allowed =
      can && email && (isUnderWay(about.session, email, about.now) || grantedUntil(about.asked, about.now));
    const customer = allowed ? await this.customers.findByEmail(about.tenant, loginEmail(email)) : undefined;
    return outputsOf('impersonate', {
      storeUserId: customer?.id,
      storeUserEmail: customer?.email,
      canImpersonate: String(can),
      account: customer && about.tenant,
    });
  }
}
