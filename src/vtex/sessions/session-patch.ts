import {
  type AskedValues,
  type ChosenValues,
  hasContext,
  mergeAttributes,
  revised,
  type SeenCookie,
  type Session,
  type SessionContext,
  type Source,
  type Sourced,
  type VtexState,
} from '../../session/index.js';
import { isCurrency, isLanguage } from '../../shared/codes.js';
import { alpha2Of } from '../../shared/countries.js';
import type { Json } from '../../shared/json.js';
import type { Basis, Outputs, Values } from '../transforms/app.types.js';
import { partsOf } from '../transforms/parameters.rules.js';
import { plainText, publicAttributes } from './session-values.js';

/** What a cycle came to. */
export interface CycleResult {
  readonly before: Values;
  readonly after: Values;
  /** What the request itself set. */
  readonly asked: Outputs;
  /** Which app wrote a parameter. */
  readonly writers: ReadonlyMap<string, string>;
}

/** What is remembered for the next call in this dialect. */
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

type Changed = ReadonlyMap<string, { readonly value: string | null; readonly source: Source }>;

/** The session after a cycle: each value in its place of the one record (D-22). @throws InvalidInput | TooLarge */
export function patched(
  session: Session,
  basis: Basis,
  result: CycleResult,
  remembered: Remembered,
  now: Date,
): Session {
  const changed = changedParameters(result);
  const attributes = withPublicValues(publicAttributes(session), changed, now);
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
  const same = attributes === session.context.attributes && Object.keys(commerce).length === 0;
  return { ...(same ? session : revised(session, { ...commerce, attributes }, now)), vtex };
}

function changedParameters({ before, after, asked, writers }: CycleResult): Changed {
  const names = new Set([...before.keys(), ...after.keys()]);
  const differing = [...names].filter((name) => before.get(name) !== after.get(name));
  const sourceOf = (name: string): Source => {
    const writer = writers.get(name);
    return writer === undefined || asked.has(name) ? 'shopper' : `app:${writer}`;
  };
  return new Map(differing.map((name) => [name, { value: after.get(name) ?? null, source: sourceOf(name) }]));
}

/** The very map when none of it changed. */
function withPublicValues(
  attributes: SessionContext['attributes'],
  changed: Changed,
  now: Date,
): SessionContext['attributes'] {
  let next = attributes;
  for (const [name, { value, source }] of changed) {
    const { namespace, key } = partsOf(name);
    if (namespace !== 'public' || isSame(next.get(key), value)) continue;
    next = mergeAttributes(next, new Map<string, Json>([[key, value]]), { source, now });
  }
  return next;
}

const isSame = (current: Sourced<Json> | undefined, value: string | null): boolean =>
  (current === undefined ? null : plainText(current.value)) === value;

type CommerceChanges = { readonly [K in keyof AskedValues]?: Sourced<string> };

/** A remote app may have written what is no code: that is left out. */
function commerceChanges(changed: Changed, { sites }: Basis, now: Date): CommerceChanges {
  const read = (name: string, accept: (value: string) => string | undefined): Sourced<string> | undefined => {
    const { value, source } = changed.get(`store.${name}`) ?? { value: null, source: 'shopper' };
    const accepted = value === null ? undefined : accept(value);
    return accepted === undefined ? undefined : { value: accepted, source, at: now };
  };
  const siteCode = read('channel', (code) => sites.find((site) => site.code === code && site.active)?.code);
  const currency = read('currencyCode', (code) => (isCurrency(code) ? code : undefined));
  const targetLocation = read('countryCode', alpha2Of);
  const language = read('cultureInfo', (tag) => (isLanguage(tag) ? tag : undefined));
  return {
    ...(siteCode && { siteCode }),
    ...(currency && { currency }),
    ...(targetLocation && { targetLocation }),
    ...(language && { language }),
  };
}

/** What is as it would be anyway was not chosen: a later login may change it (E-28 to E-34). */
function chosenOf(current: ChosenValues, changes: CommerceChanges, { derived }: Basis): ChosenValues {
  const all = { ...current, ...changes };
  const names = ['siteCode', 'currency', 'targetLocation', 'language'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = all[name];
      return value && value.value !== derived[name].value ? [[name, value]] : [];
    }),
  );
}

/** What has no other place in the record. */
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
    const own = customerId !== undefined && name.startsWith('authentication.storeUser');
    if (elsewhere || own) continue;
    if (value === null) next.delete(name);
    else next.set(name, { value, source, at: now });
  }
  return next;
}
