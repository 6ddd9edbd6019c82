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

/** By an employee or a backend, with what it says of the customer. */
export interface Replacement extends ContextValues {
  readonly context?: JsonObject;
  readonly version: number;
  readonly customerId?: string;
  readonly saasToken?: string;
}

/** What had to be looked up before the write. */
export interface LookedUp {
  /** Absent when neither site nor currency is named. */
  readonly known: KnownSites | undefined;
  /** True as well when no cart is named. */
  readonly isCartOpen: boolean;
  /** Whom the saas-token names. */
  readonly saasCustomer: string | undefined;
}

export const entriesOf = (context: JsonObject): ReadonlyMap<string, Json> => new Map(Object.entries(context));

/** @throws InvalidInput - the site does not sell in the currency, or the site that is there is not active any more */
export const inSoldCurrency = <T extends ContextValues>(
  values: T,
  { context }: SessionWithContext,
  known: KnownSites | undefined,
): T =>
  known
    ? placed(known, values, { siteCode: context.siteCode.value, currency: context.currency.value })
    : values;

/** For a context that is only being made: where its currency is another site's, the site that is named brings its own. */
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

/** @throws InvalidInput */
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
  // The one that is there already may be sent back, whatever has become of it.
  if (!isCartOpen && cartId !== session.context.cartId?.value) {
    throw InvalidInput.of('cartId', `no open cart of this tenant has the id ${cartId}`);
  }
  const author = { source: 'employee', now } as const;
  const current = session.context.attributes;
  const attributes = context ? replaceAttributes(current, entriesOf(context), author) : current;
  const values = sourcedValues({ siteCode, currency, targetLocation, language, cartId }, author);
  return revised(session, { ...values, attributes }, now);
}

/** @throws Forbidden (D-10) */
export function refuseOtherCustomer(
  session: Session,
  { customerId }: Replacement,
  { saasCustomer }: LookedUp,
): void {
  const own = session.customerId;
  if (customerId !== undefined && customerId !== '' && customerId !== own) {
    throw new Forbidden('customerId is not the customer of this session: only a login makes it one');
  }
  if (own !== undefined && saasCustomer !== own) {
    throw new Forbidden('The session is a customer’s: send the saas-token of that customer');
  }
}
