import { Injectable } from '@nestjs/common';
import { parseCoordinates, regionAt, regionsOf } from '../../../vtex-settings/index.js';
import type { AppContext, Outputs, Values } from '../../values/app.types.js';
import { BuiltInApp, outputsOf } from './built-in-app.js';

/** Writes the shopper's region and the cart in use (M-48 to M-51). */
@Injectable()
export class CheckoutApp extends BuiltInApp {
  constructor() {
    super('checkout');
  }

  async run(inputs: Values, { settings, session }: AppContext): Promise<Outputs> {
    const coordinates = parseCoordinates(inputs.get('public.geoCoordinates') ?? '');
    const regions = regionsOf(settings.regions, inputs.get('store.channel'));
    const located = regionAt(regions, {
      country: inputs.get('public.country'),
      postalCode: inputs.get('public.postalCode'),
      coordinates,
    });
    const named = regions.find(({ id }) => id === inputs.get('public.regionId'));
    return outputsOf({
      'checkout.regionId': (named ?? located)?.id,
      'checkout.cartId': session.context?.cartId?.value,
    });
  }
}
