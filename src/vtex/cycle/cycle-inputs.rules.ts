import type { VtexState } from '../../session/session.types.js';
import type { App, Asked, Values } from '../values/app.types.js';
import { isDeclared, partsOf, textOf } from '../values/parameters.rules.js';
import { SHORT_CAMPAIGN } from '../values/segment-codec.rules.js';

interface Brought {
  readonly asked: Asked;
  readonly cookies: { readonly values: Values; readonly changed: readonly string[] };
}

interface CycleInputs {
  readonly values: Values;
  readonly changed: readonly string[];
  readonly due: readonly string[];
}

/**
 * What a cycle begins with: the session's values with what the request sets, and what thereby differs from what the
 * apps saw last. So a change in the other dialect (a login, an attribute) is noticed here too (D-22); a value that is
 * written as it was is no change (M-15).
 */
export function cycleInputs(
  apps: readonly App[],
  before: Values,
  { asked, cookies }: Brought,
  vtex: Pick<VtexState, 'seen' | 'failed'> | undefined,
  retry: boolean,
): CycleInputs {
  const values = new Map([...before, ...cookies.values]);
  for (const [parameter, value] of withLongNames(asked, before)) {
    const text = textOf(value);
    if (text === undefined) values.delete(parameter);
    else values.set(parameter, text);
  }
  const seen = vtex?.seen ?? new Map<string, string>();
  const now = watchedValues(apps, values);
  const names = new Set([...seen.keys(), ...now.keys()]);
  const changed = [...names].filter((name) => seen.get(name) !== now.get(name));
  return { values, changed: [...changed, ...cookies.changed], due: retry ? (vtex?.failed ?? []) : [] };
}

/**
 * `utmi_cp` is how links write `utmi_campaign` (F-61). Both are kept, so the newest link is the campaign under whichever
 * name, and when its short name is taken away, the long one goes too unless it says something else by then.
 */
function withLongNames(asked: Asked, before: Values): Asked {
  const [long, short] = ['public.utmi_campaign', `public.${SHORT_CAMPAIGN}`];
  const value = asked.get(short);
  if (value === undefined || asked.has(long)) return asked;
  if (value === null && before.get(long) !== before.get(short)) return asked;
  return new Map([...asked, [long, value]]);
}

/**
 * A policy that the session asked for before and does not have, because its shopper may not use it any more, is judged
 * again though its value is no other one (F-51).
 */
export function asksForOtherPolicy(asked: Asked, before: Values): boolean {
  const code = textOf(asked.get('public.sc'));
  return Boolean(code) && code !== before.get('store.channel');
}

/** What some app has as an input. Cookies are compared by their hash, elsewhere (M-58). */
export const watchedValues = (apps: readonly App[], values: Values): Values =>
  new Map(
    [...values].filter(
      ([name]) => partsOf(name).namespace !== 'cookie' && apps.some((app) => isDeclared(app.inputs, name)),
    ),
  );
