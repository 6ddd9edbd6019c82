import { type DefaultValues, withChosen } from '../../session/context/derive-context.rules.js';
import type { Session, SessionContext, Source, Sourced } from '../../session/session.types.js';
import { alpha3Of } from '../../shared/iso/countries.js';
import { type Json, textOf } from '../../shared/json.js';
import { BUILT_IN_APPS } from '../../vtex-settings/settings/built-in-apps.rules.js';
import { languageTag } from '../../shared/iso/codes.js';
import { isPrivate } from '../../vtex-settings/settings/trade-policy.rules.js';
import type { SessionFacts, Unit, Values } from './app.types.js';

/** One value with its source. `at` is absent for values that nobody set. */
export interface ShownValue<T extends Json = Json> {
  readonly value: T;
  readonly source: Source;
  readonly at?: Date;
  /** Whether the value would survive if the session were emptied (D-20). */
  readonly keepAlive?: true;
}

export type ShownValues = ReadonlyMap<string, ShownValue>;

/** The parts of a session that this dialect shows. */
type Showable = Pick<Session, 'tenant' | 'customerId' | 'context' | 'vtex'>;

/** Values that hold until an app writes others, as the sessions of guests show them (F-60). */
const UNTIL_TOLD: ShownValues = new Map([
  ['impersonate.canImpersonate', { value: 'false', source: `app:${BUILT_IN_APPS.impersonate.name}` }],
  ['profile.isAuthenticated', { value: 'false', source: `app:${BUILT_IN_APPS.profile.name}` }],
]);

/** Returns all values that a session shows. */
export const shownValues = (session: Showable, basis: SessionFacts): ShownValues =>
  withSessionValues(new Map(UNTIL_TOLD), session, basis);

/** Returns the session's own values in this dialect, by `namespace.key`. Cookies are not among them (S-09). */
export const sessionValues = (session: Showable, basis: SessionFacts): ShownValues =>
  withSessionValues(new Map(), session, basis);

/** The order is that in which they are shown. */
function withSessionValues(
  values: Map<string, ShownValue>,
  session: Showable,
  basis: SessionFacts,
): ShownValues {
  values.set('account.id', { value: basis.accountId, source: 'site', keepAlive: true });
  values.set('account.accountName', { value: session.tenant, source: 'site' });
  for (const [name, value] of storeValues(session, basis)) values.set(name, value);
  for (const [key, value] of publicAttributes(session)) values.set(`public.${key}`, value);
  for (const [name, value] of orderForm(session)) values.set(name, value);
  for (const [name, value] of computedValues(session)) values.set(name, value);
  for (const [name, value] of ownCustomer(session, basis)) values.set(name, value);
  for (const [name, value] of cartValue(session)) values.set(name, value);
  return values;
}

/** Returns the values in the form that apps read. */
export function plainValues(shown: ShownValues): Values {
  const plain = new Map<string, string>();
  for (const [parameter, { value }] of shown) {
    const text = textOf(value);
    if (text !== undefined) plain.set(parameter, text);
  }
  return plain;
}

/** Returns `public.*`, which is stored in the context once there is one (D-22). */
export const publicAttributes = ({ context, vtex }: Showable): SessionContext['attributes'] =>
  context?.attributes ?? vtex?.publicValues ?? new Map<string, Sourced<Json>>();

/** Returns the commerce values that the context has, or would have. */
export function commerceValues(
  { context, vtex }: Showable,
  { derived, sites }: Pick<SessionFacts, 'derived' | 'sites'>,
): { readonly [K in keyof DefaultValues]: ShownValue<string> } {
  return context ?? withChosen(derived, vtex?.chosen, sites);
}

function storeValues(session: Showable, basis: SessionFacts): readonly [string, ShownValue][] {
  const { siteCode, currency, targetLocation, language } = commerceValues(session, basis);
  const site = basis.sites.find(({ code }) => code === siteCode.value);
  const privacy = site && isPrivate(site) ? 'private' : 'public';
  return [
    ['store.channel', siteCode],
    ['store.countryCode', { ...targetLocation, value: alpha3Of(targetLocation.value) }],
    ['store.cultureInfo', { ...language, value: cultureOf(language, targetLocation.value) }],
    ['store.currencyCode', currency],
    ['store.currencySymbol', { ...currency, value: symbolOf(currency.value) }],
    ['store.channelPrivacy', { ...siteCode, value: privacy }],
    ...backOfficeCulture(session),
  ];
}

/** The language of the back office, which an employee's browser sets. */
function backOfficeCulture(session: Showable): readonly [string, ShownValue][] {
  const asked = publicAttributes(session).get('admin_cultureInfo');
  const tag = asked && backOfficeTag(asked.value);
  return asked && tag !== undefined ? [['store.admin_cultureInfo', { ...asked, value: tag }]] : [];
}

/** @returns undefined for what is not a language tag */
export function backOfficeTag(value: Json): string | undefined {
  const tag = textOf(value);
  return tag ? languageTag(tag) : undefined;
}

/**
 * Returns a tag such as `en-US` (W-76), in the standard's spelling. A tag that a shopper chose stays; a bare language
 * from settings gets the country.
 */
export function cultureOf(
  { value, source }: Pick<ShownValue<string>, 'value' | 'source'>,
  country: string,
): string {
  const tag = languageTag(value) ?? value;
  return source.startsWith('app:') || tag.includes('-') ? tag : `${tag}-${country}`;
}

/** Cache by currency. There are few, and creating a format costs more than the rest of a transform. */
const SYMBOLS = new Map<string, string>();

/** Uses one locale, so that a currency has the same symbol for every caller. */
export function symbolOf(currency: string): string {
  const known = SYMBOLS.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  });
  const symbol = format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency;
  SYMBOLS.set(currency, symbol);
  return symbol;
}

/** A company that a cookie proved does not outlive the login of a customer in this session. */
function computedValues({ customerId, vtex }: Showable): Iterable<[string, ShownValue]> {
  const computed = vtex?.computed ?? new Map<string, ShownValue>();
  return customerId === undefined ? computed : [...computed].filter(([name]) => !isOfUnit(name));
}

/** A customer who logged in through the other dialect counts as authenticated. */
function ownCustomer(
  { customerId }: Showable,
  { customer, unit }: SessionFacts,
): readonly [string, ShownValue][] {
  if (customerId === undefined) return [];
  return [
    ['authentication.storeUserId', customerId] as const,
    ['authentication.storeUserEmail', customer?.email] as const,
    ...unitValues(unit),
  ].flatMap(([name, value]) => (value === undefined ? [] : [[name, { value, source: 'login' }]]));
}

/** The organization unit that the caller acts for, as FastStore reads it; undefined for what there is not. */
export const unitValues = (unit: Unit | undefined): readonly (readonly [string, string | undefined])[] => [
  ['authentication.unitId', unit?.id],
  ['authentication.unitName', unit?.name],
];

const UNIT: ReadonlySet<string> = new Set(unitValues(undefined).map(([name]) => name));

/** Tells whether the parameter says which company the caller acts for. */
export const isOfUnit = (parameter: string): boolean => UNIT.has(parameter);

/** The name that apps of VTEX know the cart by. A store whose orders are elsewhere may have an app write another id. */
function orderForm({ context }: Showable): readonly [string, ShownValue][] {
  return context?.cartId ? [['checkout.orderFormId', context.cartId]] : [];
}

function cartValue({ context }: Showable): readonly [string, ShownValue][] {
  return context?.cartId ? [['checkout.cartId', context.cartId]] : [];
}
