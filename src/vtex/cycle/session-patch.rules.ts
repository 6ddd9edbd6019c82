import { hasContext, mergeAttributes, revised } from '../../session/context/context.rules.js';
import type {
  OverrideValues,
  RequestedValues,
  SeenCookie,
  Session,
  SessionContext,
  Source,
  Sourced,
  VtexState,
} from '../../session/session.types.js';
import { isCurrency, languageTag } from '../../shared/iso/codes.js';
import { alpha2Of } from '../../shared/iso/countries.js';
import { type Json, textOf } from '../../shared/json.js';
import type { Asked, SessionFacts, Values } from '../values/app.types.js';
import { changedBetween, partsOf } from '../values/parameters.rules.js';
import { isOfUnit, publicAttributes } from '../values/session-values.rules.js';

/** The outcome of a cycle. */
export interface CycleResult {
  readonly before: Values;
  readonly after: Values;
  /** The values that the request itself set. */
  readonly asked: Asked;
  /** The attributes as stored. They differ from those of the session if it was stripped of orphans. */
  readonly stored: SessionContext['attributes'];
  /** The app that wrote each parameter. */
  readonly writers: ReadonlyMap<string, string>;
  /** What apps wrote, if it is not a text. */
  readonly originals: ReadonlyMap<string, Json>;
}

/** What the session remembers for its next call in this dialect. */
export type Remembered = Pick<VtexState, 'seen' | 'cookies' | 'failed' | 'heldUntil' | 'impersonation'>;

const NOTHING: VtexState = {
  publicValues: new Map(),
  chosen: {},
  computed: new Map(),
  seen: new Map(),
  cookies: new Map<string, SeenCookie>(),
  failed: [],
  heldUntil: new Date(0),
};

type Changed = ReadonlyMap<string, { readonly value: Json; readonly source: Source }>;

/**
 * Returns the session after a cycle, with each value in its place in the record (D-22).
 * @throws InvalidInput | TooLarge
 */
export function patched(
  session: Session,
  basis: SessionFacts,
  result: CycleResult,
  remembered: Remembered,
  now: Date,
): Session {
  const changed = changedParameters(result);
  const attributes = withPublicValues(publicAttributes(session), changed, result, now);
  const commerce = commerceChanges(changed, basis, now);
  const { impersonation: _before, ...state } = session.vtex ?? NOTHING;
  const vtex: VtexState = {
    ...state,
    ...remembered,
    computed: withComputed(state.computed, changed, session, now),
  };
  if (!hasContext(session)) {
    const chosen = chosenOf(vtex.chosen, commerce, basis);
    return { ...session, vtex: { ...vtex, publicValues: attributes, chosen } };
  }
  const same = attributes === result.stored && Object.keys(commerce).length === 0;
  return { ...(same ? session : revised(session, { ...commerce, attributes }, now)), vtex };
}

function changedParameters(result: CycleResult): Changed {
  const { before, after, asked, writers } = result;
  const sourceOf = (name: string): Source => {
    if (isOfUnit(name)) return 'login';
    const writer = writers.get(name);
    const isAsked = asked.has(name) && textOf(asked.get(name)) === after.get(name);
    return writer === undefined || isAsked ? 'shopper' : `app:${writer}`;
  };
  const changed = new Map<string, { readonly value: Json; readonly source: Source }>();
  for (const name of changedBetween(before, after))
    changed.set(name, { value: jsonOf(name, result), source: sourceOf(name) });
  return changed;
}

/** Returns what the request or an app sent, as the JSON that it was; null if there is to be no value. */
function jsonOf(
  name: string,
  { asked, originals, after }: Pick<CycleResult, 'asked' | 'originals' | 'after'>,
): Json {
  const text = after.get(name);
  if (text === undefined) return null;
  const sent = [asked.get(name), originals.get(name)];
  return sent.find((json) => textOf(json) === text) ?? text;
}

/** @returns the same map when nothing in it changed */
function withPublicValues(
  attributes: SessionContext['attributes'],
  changed: Changed,
  result: CycleResult,
  now: Date,
): SessionContext['attributes'] {
  const bySource = new Map<Source, Map<string, Json>>();
  for (const name of new Set([...changed.keys(), ...result.asked.keys()])) {
    const { namespace, key } = partsOf(name);
    if (namespace !== 'public') continue;
    const value = jsonOf(name, result);
    if (isSame(attributes.get(key), value)) continue;
    const source = changed.get(name)?.source ?? 'shopper';
    bySource.set(source, (bySource.get(source) ?? new Map<string, Json>()).set(key, value));
  }
  let next = attributes;
  for (const [source, values] of bySource) next = mergeAttributes(next, values, { source, now });
  return next;
}

/** null means that there is to be no value. */
const isSame = (current: Sourced<Json> | undefined, value: Json): boolean =>
  current === undefined ? value === null : value !== null && isEqualJson(current.value, value);

const isEqualJson = (one: Json, other: Json): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

type CommerceChanges = { readonly [K in keyof RequestedValues]?: Sourced<string> };

/** Reads the changes of commerce values. Invalid codes, which a remote app may have written, are left out. */
function commerceChanges(changed: Changed, { sites }: SessionFacts, now: Date): CommerceChanges {
  const read = (name: string, accept: (value: string) => string | undefined): Sourced<string> | undefined => {
    const { value, source } = changed.get(`store.${name}`) ?? { value: null, source: 'shopper' };
    const accepted = typeof value === 'string' ? accept(value) : undefined;
    return accepted === undefined ? undefined : { value: accepted, source, at: now };
  };
  const siteCode = read('channel', (code) => sites.find((site) => site.code === code && site.active)?.code);
  const currency = read('currencyCode', (code) => (isCurrency(code) ? code : undefined));
  const targetLocation = read('countryCode', alpha2Of);
  const language = read('cultureInfo', languageTag);
  return {
    ...(siteCode && { siteCode }),
    ...(currency && { currency }),
    ...(targetLocation && { targetLocation }),
    ...(language && { language }),
  };
}

/**
 * Leaves out values that equal the derived ones, because they were not chosen: a later login may change them (E-28 to
 * E-34).
 */
function chosenOf(
  current: OverrideValues,
  changes: CommerceChanges,
  { derived }: SessionFacts,
): OverrideValues {
  const all = { ...current, ...changes };
  const names = ['siteCode', 'currency', 'targetLocation', 'language'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = all[name];
      return value && value.value !== derived[name].value ? [[name, value]] : [];
    }),
  );
}

/** Stores the values that have no other place in the record. */
function withComputed(
  computed: VtexState['computed'],
  changed: Changed,
  { customerId }: Session,
  now: Date,
): VtexState['computed'] {
  const next = new Map(computed);
  for (const [name, { value, source }] of changed) {
    const { namespace } = partsOf(name);
    const elsewhere =
      ['account', 'cookie', 'public', 'store'].includes(namespace) || name === 'checkout.cartId';
    const own = customerId !== undefined && (name.startsWith('authentication.storeUser') || isOfUnit(name));
    if (elsewhere || own) continue;
    if (value === null) next.delete(name);
    else next.set(name, { value, source, at: now });
  }
  return next;
}
