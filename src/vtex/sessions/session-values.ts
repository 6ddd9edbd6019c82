import type { InitialValues, Session, SessionContext, Source, Sourced } from '../../session/index.js';
import { alpha3Of } from '../../shared/countries.js';
import type { Json } from '../../shared/json.js';
import { isPrivate } from '../../vtex-settings/index.js';
import type { Basis } from '../transforms/app.types.js';

/** One value with where it came from; `at` is absent for what nobody set. */
export interface ShownValue {
  readonly value: string;
  readonly source: Source;
  readonly at?: Date;
  /** It would survive the session's being emptied (D-20). */
  readonly keepAlive?: true;
}

export type ShownValues = ReadonlyMap<string, ShownValue>;

/** What of a session this dialect shows. */
type Showable = Pick<Session, 'tenant' | 'customerId' | 'context' | 'vtex'>;

/** All that the session says in this dialect, by `namespace.key`; cookies are not among it (S-09). */
export function shownValues(session: Showable, basis: Basis): ShownValues {
  return new Map<string, ShownValue>([
    ['account.id', { value: basis.accountId, source: 'site', keepAlive: true }],
    ['account.accountName', { value: session.tenant, source: 'site' }],
    ...storeValues(session, basis),
    ...[...publicAttributes(session)].flatMap(([key, sourced]) => publicValue(key, sourced)),
    ...(session.vtex?.computed ?? []),
    ...ownCustomer(session, basis),
    ...cartValue(session),
  ]);
}

export const plainValues = (shown: ShownValues): ReadonlyMap<string, string> =>
  new Map([...shown].map(([parameter, { value }]) => [parameter, value]));

/** Where `public.*` is kept: in the context, once there is one (D-22). */
export const publicAttributes = ({ context, vtex }: Showable): SessionContext['attributes'] =>
  context?.attributes ?? vtex?.publicValues ?? new Map<string, Sourced<Json>>();

/** Objects are for the other dialect only. */
export const plainText = (value: Json): string | undefined =>
  typeof value === 'object' ? undefined : String(value);

function publicValue(key: string, { value, source, at }: Sourced<Json>): readonly [string, ShownValue][] {
  const text = plainText(value);
  return text === undefined ? [] : [[`public.${key}`, { value: text, source, at }]];
}

/** What the context says, or would say. */
export function commerceValues(
  { context, vtex }: Showable,
  { derived }: Pick<Basis, 'derived'>,
): { readonly [K in keyof InitialValues]: ShownValue } {
  const chosen = vtex?.chosen;
  return {
    siteCode: context?.siteCode ?? chosen?.siteCode ?? derived.siteCode,
    currency: context?.currency ?? chosen?.currency ?? derived.currency,
    targetLocation: context?.targetLocation ?? chosen?.targetLocation ?? derived.targetLocation,
    language: context?.language ?? chosen?.language ?? derived.language,
  };
}

function storeValues(session: Showable, basis: Basis): readonly [string, ShownValue][] {
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
  ];
}

/** Like `en-US` (W-76): what a shopper asked for is shown as it is, a bare language of the settings with the country. */
export function cultureOf({ value, source }: Pick<ShownValue, 'value' | 'source'>, country: string): string {
  const tag = value.replaceAll('_', '-');
  return source.startsWith('app:') || tag.includes('-') ? tag : `${tag}-${country}`;
}

/** By currency, of which there are few: to make a format costs more than all else in a transform. */
const SYMBOLS = new Map<string, string>();

/** In one locale for all, so that a currency has one symbol whoever asks. */
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

/** A customer who logged in through the other dialect is authenticated by that. */
function ownCustomer({ customerId }: Showable, { customer }: Basis): readonly [string, ShownValue][] {
  if (customerId === undefined) return [];
  const id: [string, ShownValue] = ['authentication.storeUserId', { value: customerId, source: 'login' }];
  if (!customer) return [id];
  return [id, ['authentication.storeUserEmail', { value: customer.email, source: 'login' }]];
}

function cartValue({ context }: Showable): readonly [string, ShownValue][] {
  return context?.cartId ? [['checkout.cartId', context.cartId]] : [];
}
