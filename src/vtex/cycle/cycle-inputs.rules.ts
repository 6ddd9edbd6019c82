import { textOf } from '../../shared/json.js';
import type { VtexState } from '../../session/session.types.js';
import type { App, Asked, Unit, Values } from '../values/app.types.js';
import { changedBetween, declaredOf, watchedBy } from '../values/parameters.rules.js';
import { SHORT_CAMPAIGN } from '../values/segment-codec.rules.js';
import { backOfficeTag, unitValues } from '../values/session-values.rules.js';

interface Brought {
  readonly asked: Asked;
  readonly cookies: { readonly values: Values; readonly changed: readonly string[] };
  /** The company that the customer of a cookie acts for; null if none. Absent for the session's own customer. */
  readonly unit?: Unit | null;
}

interface CycleInputs {
  readonly values: Values;
  readonly changed: readonly string[];
  readonly due: readonly string[];
}

/**
 * Returns what a cycle begins with: the values of the session with those of the request, and the names of those that
 * differ from what the apps saw last. This also detects changes made in the other dialect, such as a login or an
 * attribute (D-22). Writing a value that is the same as before is not a change (M-15).
 */
export function cycleInputs(
  apps: readonly App[],
  before: Values,
  { asked, cookies, unit }: Brought,
  vtex: Pick<VtexState, 'seen' | 'failed'> | undefined,
  retry: boolean,
): CycleInputs {
  const values = new Map(before);
  for (const [parameter, text] of cookies.values) values.set(parameter, text);
  const set = (parameter: string, text: string | undefined): void => {
    if (text === undefined) values.delete(parameter);
    else values.set(parameter, text);
  };
  if (unit !== undefined) for (const [parameter, text] of unitValues(unit ?? undefined)) set(parameter, text);
  for (const [parameter, value] of withLongNames(asked, before)) set(parameter, textOf(value));
  const culture = asked.get('public.admin_cultureInfo');
  if (culture !== undefined) set('store.admin_cultureInfo', backOfficeTag(culture));
  const seen = vtex?.seen ?? new Map<string, string>();
  const now = watchedValues(apps, values);
  const changed = [...changedBetween(seen, now), ...cookies.changed];
  return { values, changed, due: retry ? (vtex?.failed ?? []) : [] };
}

/**
 * Sets `utmi_campaign` along with `utmi_cp`, the short form that links use (F-61). Both are kept, so the newest link
 * decides the campaign under either name. When the short one is removed, the long one goes too, unless it has another
 * value by then.
 */
function withLongNames(asked: Asked, before: Values): Asked {
  const [long, short] = ['public.utmi_campaign', `public.${SHORT_CAMPAIGN}`];
  const value = asked.get(short);
  if (value === undefined || asked.has(long)) return asked;
  if (value === null && before.get(long) !== before.get(short)) return asked;
  return new Map([...asked, [long, value]]);
}

/**
 * Tells whether the request names a trade policy that the session does not have. The store app then judges it again,
 * even if the value is the same as before: the shopper may not have been allowed to use that policy (F-51).
 */
export function asksForOtherPolicy(asked: Asked, before: Values): boolean {
  const code = textOf(asked.get('public.sc'));
  return Boolean(code) && code !== before.get('store.channel');
}

/**
 * Tells whether the customer of the cookies acts for another company than before, which leaves the cookies as they
 * were: it is their session that switches.
 */
export const switchesUnit = (before: Values, unit: Unit | null | undefined): boolean =>
  unit !== undefined && unitValues(unit ?? undefined).some(([name, text]) => before.get(name) !== text);

/** Returns the values that some app has as an input. Cookies are compared elsewhere, by hash (M-58). */
export const watchedValues = (apps: readonly App[], values: Values): Values =>
  declaredOf(watchedBy(apps).values, values);
