import { Injectable } from '@nestjs/common';
import type { Customer } from '../../../customer/index.js';
import { priceTablesOf } from '../../../vtex-settings/index.js';
import type { AppContext, Outputs, Values } from '../../values/app.types.js';
import { BuiltInApp, joinCommas, outputsOf } from './built-in-app.js';

/**
 * Writes the data of the session's customer. It always writes every output, so that two people are never mixed (M-41
 * to M-45).
 */
@Injectable()
export class ProfileApp extends BuiltInApp {
  constructor() {
    super('profile');
  }

  /** Impersonation takes precedence over authentication, and that over a mere e-mail address (D-17). */
  async run(inputs: Values, about: AppContext): Promise<Outputs> {
    const id = inputs.get('impersonate.storeUserId') || inputs.get('authentication.storeUserId');
    const known = id ? await about.customers.find(id) : undefined;
    const mayName = !about.priceTablesNeedProof || about.admin !== undefined;
    const email = id || !mayName ? undefined : inputs.get('public.storeUserEmail');
    const named = email ? await about.customers.findByLogin(email) : undefined;
    return outputsOf({
      'profile.id': known?.id,
      'profile.email': known?.email,
      'profile.firstName': known?.firstName,
      'profile.lastName': known?.lastName,
      'profile.phone': known?.contactPhone,
      'profile.document': known?.companyRegistrationId,
      'profile.priceTables': priceTables(known ?? named, about),
      'profile.isAuthenticated': String(known !== undefined),
    });
  }
}

const priceTables = (customer: Customer | undefined, { settings }: AppContext): string | undefined =>
  customer && joinCommas(priceTablesOf(settings.customerGroups, customer.groups));
