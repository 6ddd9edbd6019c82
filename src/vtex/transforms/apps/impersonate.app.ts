import { Injectable } from '@nestjs/common';
import { CustomerRepository, loginEmail } from '../../../customer/index.js';
import type { About, Outputs, Values } from '../app.types.js';
import { grantedUntil, isUnderWay, mayImpersonate } from '../../impersonation/impersonation.rules.js';
import { BuiltInApp, outputsOf } from './built-in-app.js';

/**
 * An employee acts as a customer (M-52 to M-57), by the scope of the token in the admin cookie, never by what a body
 * claims; for a reason, and for a time. It ends with that time, the token, its client or its scope.
 */
@Injectable()
export class ImpersonateApp extends BuiltInApp {
  constructor(private readonly customers: CustomerRepository) {
    super('impersonate');
  }

  async run(inputs: Values, about: About): Promise<Outputs> {
    const { admin, session, asked, now } = about;
    const can = mayImpersonate(admin);
    const name = 'vtex-impersonated-customer-email';
    const named = inputs.get(`public.${name}`) || inputs.get(`cookie.${name}`);
    const underWay = can && named && isUnderWay(session, loginEmail(named), admin, now);
    const allowed = can && named && (underWay || grantedUntil(asked, now));
    const customer = allowed ? await this.customers.findByLogin(about.tenant, named) : undefined;
    return outputsOf('impersonate', {
      storeUserId: customer?.id,
      storeUserEmail: customer?.email,
      canImpersonate: String(can),
      account: customer && about.tenant,
    });
  }
}
