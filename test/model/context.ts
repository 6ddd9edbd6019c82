import { type Answer, type Change, listed, type SiteCode, SOLD, type Value } from './answer.js';

/** The context of a session, which exists from the first cart on. */
export interface Context {
  version: number;
  language: string;
  site: SiteCode;
  currency: string;
  cart?: number | undefined;
  attributes: Map<string, Value>;
}

export const newContext = (cart: number): Context => ({
  version: 1,
  language: 'en',
  site: 'main',
  currency: SOLD.main[0],
  cart,
  attributes: new Map(),
});

/** null removes an attribute. */
export function merge({ attributes }: Context, changes: Readonly<Record<string, Value>>): void {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) attributes.delete(name);
    else attributes.set(name, value);
  }
}

export const sells = (site: SiteCode, currency: string): boolean =>
  SOLD[site].some((one) => one === currency);

/**
 * Checks site and currency together. A site that is named alone brings its own currency if it does not sell in the
 * present one.
 * @returns undefined if the site does not sell in the currency
 */
export function placed(
  context: Context,
  { siteCode: site = context.site, currency }: Pick<Change, 'siteCode' | 'currency'>,
): Pick<Context, 'site' | 'currency'> | undefined {
  if (currency !== undefined) return sells(site, currency) ? { site, currency } : undefined;
  return { site, currency: sells(site, context.currency) ? context.currency : SOLD[site][0] };
}

export function revised(context: Context, changes: Partial<Context>): Answer {
  Object.assign(context, changes, { version: context.version + 1 });
  return { status: 204 };
}

export function shown(context: Context | undefined, customer: number | undefined): Answer {
  if (!context) return { status: 404 };
  const { version, language, site, currency, cart, attributes } = context;
  return {
    status: 200,
    said: { version, language, site, currency, cart, customer, attributes: listed(attributes) },
  };
}
