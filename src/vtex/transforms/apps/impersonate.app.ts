import { Injectable } from '@nestjs/common';
import { loginEmail } from '../../../customer/index.js';
import { grantedUntil, isUnderWay, mayImpersonate } from '../../impersonation/impersonation.rules.js';
import type { AppContext, Outputs, Values } from '../../values/app.types.js';
import { BuiltInApp, outputsOf } from './built-in-app.js';

/**
 * Lets an employee act as a customer (M-52 to M-57). The right comes from the scope of the token in the admin cookie,
 * never from the body, and for a limited time. It ends with that time, the token, its client or its scope.
 */
@Injectable()
export class ImpersonateApp extends BuiltInApp {
  constructor() {
    super('impersonate');
  }

  async run(inputs: Values, about: AppContext): Promise<Outputs> {
    const { admin, session, now } = about;
    const can = mayImpersonate(admin);
    const name = 'vtex-impersonated-customer-email';
    const named = inputs.get(`public.${name}`) || inputs.get(`cookie.${name}`);
    const email = named && loginEmail(named);
    const allowed = can && email && (isUnderWay(session, email, admin, now) || grantedUntil(about, now));
    const customer = allowed ? await about.customers.findByLogin(named) : undefined;
    return outputsOf({
      'impersonate.storeUserId': customer?.id,
      'impersonate.storeUserEmail': customer?.email,
      'impersonate.canImpersonate': String(can),
      'impersonate.account': customer && about.tenant,
    });
  }
}
