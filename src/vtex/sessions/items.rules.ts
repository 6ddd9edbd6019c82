import { InvalidInput } from '../../shared/domain-error.js';
import type { Json } from '../../shared/json.js';
import type { VtexCaller } from '../caller/vtex-caller.js';
import { partsOf } from '../values/parameters.rules.js';

type Shown = { readonly value: Json; readonly keepAlive?: true };

/** `{namespace: {key: {value}}}` (M-11). */
export type Namespaces = Readonly<Record<string, Readonly<Record<string, Shown>>>>;

/** Namespaces, and keys as `namespace.key`; or everything. */
export type AskedItems = 'all' | ReadonlySet<string>;

/** Namespaces that say who the shopper is. */
const PERSONAL = new Set(['authentication', 'profile']);

/**
 * Parses `items` of a query: `*`, `namespace`, `namespace.*` and `namespace.key`, separated by commas (F-50). If the
 * query has several `items`, they are combined.
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
      'must name values, separated by commas: `*`, a namespace, or namespace.key',
    );
  }
  return names.includes('*') ? 'all' : new Set(names.map((name) => name.replace(/\.\*$/, '')));
}

/** Returns what the response to a change shows besides its tokens. @returns undefined when the query has no `items` */
export const itemsOfChange = (query: unknown): AskedItems | undefined =>
  typeof query === 'object' && query !== null && 'items' in query ? askedItems(query.items) : undefined;

/** Returns the items that may be shown. Items that the session does not have are left out (W-68, S-15). */
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

/** Applies D-21. Cookies are not values of a session, so they are never shown. */
function mayBeShown(
  name: string,
  { isPrivate, settings }: Pick<VtexCaller, 'isPrivate' | 'settings'>,
): boolean {
  const hidden =
    settings.hidesPhoneAndDocument === true && ['profile.phone', 'profile.document'].includes(name);
  return !hidden && (isPrivate || !PERSONAL.has(partsOf(name).namespace));
}
