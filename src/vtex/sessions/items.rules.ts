import { InvalidInput } from '../../shared/domain-error.js';
import type { Json } from '../../shared/json.js';
import type { VtexCaller } from '../caller/vtex-caller.js';
import { partsOf } from '../values/parameters.rules.js';

type Shown = { readonly value: Json; readonly keepAlive?: true };

/** `{namespace: {key: {value}}}` (M-11). */
export type Namespaces = Readonly<Record<string, Readonly<Record<string, Shown>>>>;

/** Namespaces, and keys as `namespace.key`; or all that there is. */
export type AskedItems = 'all' | ReadonlySet<string>;

/** Who the shopper is. */
const PERSONAL = new Set(['authentication', 'profile']);

/**
 * What a query's `items` names: `*`, `namespace`, `namespace.*` and `namespace.key`, separated by commas (F-50). Two
 * `items` in one query are taken together.
 * @throws InvalidInput - it names nothing (W-67)
 */
export function askedItems(items: unknown): AskedItems {
  const names = [items]
    .flat()
    .flatMap((list) => (typeof list === 'string' ? list.split(',') : []))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) {
    throw InvalidInput.of(
      'items',
      'must name what you want: `*`, namespaces, or namespace.key, separated by commas',
    );
  }
  return names.includes('*') ? 'all' : new Set(names.map((name) => name.replace(/\.\*$/, '')));
}

/** What a change is to answer beside its tokens. @returns undefined when its query has no `items` */
export const itemsOfChange = (query: unknown): AskedItems | undefined =>
  typeof query === 'object' && query !== null && 'items' in query ? askedItems(query.items) : undefined;

/** What may be shown of the items; those that the session does not have are left out (W-68, S-15). */
export function shownItems(
  values: ReadonlyMap<string, Shown>,
  items: AskedItems,
  caller: Pick<VtexCaller, 'isPrivate' | 'settings'>,
): Namespaces {
  const namespaces = new Map<string, [string, Shown][]>();
  for (const [name, { value, keepAlive }] of values) {
    const { namespace, key } = partsOf(name);
    const isAsked = items === 'all' || items.has(name) || items.has(namespace);
    if (!isAsked || !mayBeShown(name, caller)) continue;
    const entry: [string, Shown] = [key, { value, ...(keepAlive && { keepAlive }) }];
    namespaces.set(namespace, [...(namespaces.get(namespace) ?? []), entry]);
  }
  return Object.fromEntries(
    [...namespaces].map(([namespace, keys]) => [namespace, Object.fromEntries(keys)]),
  );
}

/** Behaviour D-21. Cookies are not values of a session, so none can be shown. */
function mayBeShown(
  name: string,
  { isPrivate, settings }: Pick<VtexCaller, 'isPrivate' | 'settings'>,
): boolean {
  const hidden =
    settings.hidesPhoneAndDocument === true && ['profile.phone', 'profile.document'].includes(name);
  return !hidden && (isPrivate || !PERSONAL.has(partsOf(name).namespace));
}
