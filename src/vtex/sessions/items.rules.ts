import { InvalidInput } from '../../shared/domain-error.js';
import type { VtexCaller } from './vtex-caller.js';
import { partsOf } from '../transforms/parameters.rules.js';

type Shown = { readonly value: string; readonly keepAlive?: true };

/** `{namespace: {key: {value}}}` (M-11). */
export type Namespaces = Readonly<Record<string, Readonly<Record<string, Shown>>>>;

/** Who the shopper is. */
const PERSONAL = new Set(['authentication', 'profile']);

/**
 * What `items` asks for, as far as it may be shown; what there is not is left out (W-67, W-68, S-15).
 * @throws InvalidInput
 */
export function shownItems(
  values: ReadonlyMap<string, Shown>,
  items: unknown,
  caller: Pick<VtexCaller, 'isPrivate' | 'settings'>,
): Namespaces {
  if (typeof items !== 'string' || items.trim() === '') {
    throw InvalidInput.of('items', 'must name what is asked for: `*`, or namespace.key, separated by commas');
  }
  const asked = items === '*' ? undefined : new Set(items.split(',').map((item) => item.trim()));
  const shown = [...values].filter(([name]) => (asked?.has(name) ?? true) && mayBeShown(name, caller));
  const namespaces = new Map<string, [string, Shown][]>();
  for (const [name, { value, keepAlive }] of shown) {
    const { namespace, key } = partsOf(name);
    const entry: [string, Shown] = [key, { value, ...(keepAlive && { keepAlive }) }];
    namespaces.set(namespace, [...(namespaces.get(namespace) ?? []), entry]);
  }
  return Object.fromEntries(
    [...namespaces].map(([namespace, keys]) => [namespace, Object.fromEntries(keys)]),
  );
}

/** Behaviour D-21. Cookies are no values of a session, so that none can be shown. */
function mayBeShown(
  name: string,
  { isPrivate, settings }: Pick<VtexCaller, 'isPrivate' | 'settings'>,
): boolean {
  const hidden =
    settings.hidesPhoneAndDocument === true && ['profile.phone', 'profile.document'].includes(name);
  return !hidden && (isPrivate || !PERSONAL.has(partsOf(name).namespace));
}
