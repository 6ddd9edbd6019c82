import { type Answer, type Change, listed, type SiteCode, SOLD, type Value } from './answer.js';

/** What a session knows of its shopper, from its first cart on. */
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

/** A null takes an attribute away. */
export function merge({ attributes }: Context, changes: Readonly<Record<string, Value>>): void {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) attributes.delete(name);
    else attributes.set(name, value);
  }
}

export const sells = (site: SiteCode, currency: string): boolean =>
  SOLD[site].some((one) => one === currency);

/**
 * A site and a currency are judged together; a site that is named alone brings its own currency if need be.
 * @returns undefined: not sold there
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
