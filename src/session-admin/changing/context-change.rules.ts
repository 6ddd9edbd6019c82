import { mergeAttributes, revised, sourcedValues } from '../../session/context/context.rules.js';
import type { Session, SessionContext } from '../../session/session.types.js';
import type { Json, JsonObject } from '../../shared/json.js';
import { type KnownSites, placed } from '../../site-settings/site-access.rules.js';

type SessionWithContext = Session & { readonly context: SessionContext };

/** What an employee wants to change. Absent values stay as they are. */
export interface ContextChange {
  readonly siteCode?: string;
  readonly currency?: string;
  readonly targetLocation?: string;
  readonly language?: string;
  /** Attributes to merge by name; null removes one. */
  readonly context?: JsonObject;
  readonly version: number;
}

/** Where the context and its cart go. */
export interface Destination {
  readonly siteCode: string;
  readonly currency: string;
}

/**
 * Returns the site and the currency that the context will have, if the change names either. A site without a currency
 * brings its own where it does not sell in the present one (F-04).
 * @throws InvalidInput if no active site has the code, or if it does not sell in the currency (F-03)
 */
export function destinationOf(
  { siteCode, currency }: ContextChange,
  { context }: SessionWithContext,
  known: KnownSites,
): Destination | undefined {
  if (siteCode === undefined && currency === undefined) return undefined;
  const present = { siteCode: context.siteCode.value, currency: context.currency.value };
  const named = { ...(siteCode !== undefined && { siteCode }), ...(currency !== undefined && { currency }) };
  return { ...present, ...placed(known, named, present) };
}

/**
 * Returns the context after the change. A site or currency that stays as it is keeps its origin.
 * @param cartId the cart that was found at the destination, if it is another one (F-06)
 * @throws InvalidInput | TooLarge if a limit of attributes is exceeded
 */
export function changed(
  session: SessionWithContext,
  { targetLocation, language, context: entries }: ContextChange,
  destination: Destination | undefined,
  cartId: string | undefined,
  now: Date,
): SessionWithContext {
  const { context } = session;
  const author = { source: 'employee', now } as const;
  const values = { ...destination, targetLocation, language };
  const names = ['siteCode', 'currency', 'targetLocation', 'language'] as const;
  const different = names.flatMap((name) => {
    const value = values[name];
    return value === undefined || value === context[name].value ? [] : [[name, value] as const];
  });
  const attributes = entries
    ? mergeAttributes(context.attributes, new Map<string, Json>(Object.entries(entries)), author)
    : context.attributes;
  const isOtherCart = cartId !== undefined && cartId !== context.cartId?.value;
  return revised(
    session,
    {
      ...sourcedValues(Object.fromEntries(different), author),
      ...(isOtherCart && { cartId: { value: cartId, source: 'cart', at: now } as const }),
      attributes,
    },
    now,
  );
}
