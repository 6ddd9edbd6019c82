import { Injectable } from '@nestjs/common';
import { campaignsFor } from '../../../vtex-settings/index.js';
import type { AppContext, Outputs, Values } from '../../values/app.types.js';
import { BuiltInApp, joinCommas, outputsOf } from './built-in-app.js';

/** Writes the campaigns that the shopper is in (M-46, M-47). */
@Injectable()
export class RnbApp extends BuiltInApp {
  constructor() {
    super('rnb');
  }

  async run(inputs: Values, { customers, settings }: AppContext): Promise<Outputs> {
    const email = inputs.get('profile.email');
    const customer = email ? await customers.findByLogin(email) : undefined;
    const campaigns = campaignsFor(settings.campaigns, {
      email,
      groups: customer?.groups ?? [],
      utm_source: inputs.get('public.utm_source'),
      utm_campaign: inputs.get('public.utm_campaign'),
      country: inputs.get('public.country'),
      postalCode: inputs.get('public.postalCode'),
    });
    return outputsOf({ 'rnb.campaigns': joinCommas(campaigns) });
  }
}
