import {
  type ContextValues,
  replaceAttributes,
  revised,
  sourcedValues,
} from '../session/context/context.rules.js';
import { currencyAt } from '../session/context/derive-context.rules.js';
import type { Session, SessionContext } from '../session/session.types.js';
import { Forbidden, InvalidInput } from '../shared/domain-error.js';
import type { Json, JsonObject } from '../shared/json.js';
import { type KnownSites, placed, siteOf } from '../site-settings/site-access.rules.js';

type SessionWithContext = Session & { readonly context: SessionContext };

/** A replacement by an employee or a backend, including what it claims about the customer. */
export interface Replacement extends ContextValues {
  readonly context?: JsonObject;
  readonly version: number;
  readonly customerId?: string;
  readonly saasToken?: string;
}

/** What the caller looked up before the write. */
export interface LookedUp {
  /** Absent if the replacement names neither site nor currency. */
  readonly known: KnownSites | undefined;
  /** Also true if the replacement names no cart. */
  readonly isCartOpen: boolean;
  /** The customer that the saas-token names. */
  readonly saasCustomer: string | undefined;
}

export const entriesOf = (context: JsonObject): ReadonlyMap<string, Json> => new Map(Object.entries(context));

/** @throws InvalidInput if the site does not sell in the currency, or if the context's site is no longer active */
export const inSoldCurrency = <T extends ContextValues>(
  values: T,
  { context }: SessionWithContext,
  known: KnownSites | undefined,
): T =>
  known
    ? placed(known, values, { siteCode: context.siteCode.value, currency: context.currency.value })
    : values;

/**
 * Adds a currency to a replacement that makes the context. If the context's default currency belongs to another site,
 * the named site's own currency is used.
 */
export function withFirstCurrency(
  replacement: Replacement,
  { context }: SessionWithContext,
  known: KnownSites | undefined,
): Replacement {
  const { siteCode, currency } = replacement;
  const site = known && siteCode !== undefined ? siteOf(known, siteCode) : undefined;
  return site && currency === undefined
    ? { ...replacement, currency: currencyAt(site, context) }
    : replacement;
}

/** @throws InvalidInput if the cart, the site or the currency may not be used */
export function replaced(
  session: SessionWithContext,
  replacement: Replacement,
  { known, isCartOpen }: LookedUp,
  now: Date,
): SessionWithContext {
  const { context } = replacement;
  const { siteCode, currency, targetLocation, language, cartId } = inSoldCurrency(
    replacement,
    session,
    known,
  );
  // The cart that is already there may be sent back, whatever has become of it.
  if (!isCartOpen && cartId !== session.context.cartId?.value) {
    throw InvalidInput.of('cartId', `no open cart of this tenant has the id ${cartId}`);
  }
  const author = { source: 'employee', now } as const;
  const current = session.context.attributes;
  const attributes = context ? replaceAttributes(current, entriesOf(context), author) : current;
  const values = sourcedValues({ siteCode, currency, targetLocation, language, cartId }, author);
  return revised(session, { ...values, attributes }, now);
}

/**
 * @throws Forbidden if the replacement names another customer, or lacks the saas-token of the session's customer (D-10)
 */
export function refuseOtherCustomer(
  session: Session,
  { customerId }: Replacement,
  { saasCustomer }: LookedUp,
): void {
  const own = session.customerId;
  if (customerId !== undefined && customerId !== '' && customerId !== own) {
    throw new Forbidden(
      'customerId is not the customer of this session; only a login can change the customer',
    );
  }
  if (own !== undefined && saasCustomer !== own) {
    throw new Forbidden('This is a customer’s session: send the saas-token of that customer');
  }
}
