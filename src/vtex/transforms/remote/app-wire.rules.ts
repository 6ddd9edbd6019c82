import { isJsonObject, type Json } from '../../../shared/json.js';
import type { Parameters } from '../../../vtex-settings/vtex-settings.types.js';
import type { Outputs, Values } from '../../values/app.types.js';
import { isDeclared, partsOf } from '../../values/parameters.rules.js';

/** Of one parameter; what is shown of a session goes through headers, logs and caches. */
const LONGEST_VALUE = 4096;

/** What an app is posted: all declared inputs that have a value, as `{namespace: {key: {value}}}` (W-78). */
export function appCallBody(inputs: Values): string {
  const namespaces = new Map<string, [string, { readonly value: string }][]>();
  for (const [parameter, value] of inputs) {
    const { namespace, key } = partsOf(parameter);
    namespaces.set(namespace, [...(namespaces.get(namespace) ?? []), [key, { value }]]);
  }
  const shown = [...namespaces].map(([namespace, keys]) => [namespace, Object.fromEntries(keys)]);
  return JSON.stringify(Object.fromEntries(shown));
}

/**
 * `{namespace: {key: {value}}}`: a key that is left out stays as it is, and so does one with `null` or `{}`, which says
 * "leave it" (F-59); an empty value is written (W-79). What the app did not declare is not looked at (M-18).
 * @returns undefined when it is none of that
 */
export function readAppAnswer(text: string, declared: Parameters): Outputs | undefined {
  if (Object.values(declared).every((keys) => keys.length === 0)) return new Map();
  const answer = parsed(text);
  if (!isJsonObject(answer)) return undefined;
  const outputs = new Map<string, string>();
  for (const [namespace, keys] of Object.entries(answer)) {
    if (keys === null || !Object.hasOwn(declared, namespace)) continue;
    if (!isJsonObject(keys)) return undefined;
    for (const [key, held] of Object.entries(keys)) {
      const parameter = `${namespace}.${key}`;
      if (!isDeclared(declared, parameter) || isLeft(held)) continue;
      const value = isJsonObject(held) ? held['value'] : undefined;
      if (typeof value !== 'string' || value.length > LONGEST_VALUE) return undefined;
      outputs.set(parameter, value);
    }
  }
  return outputs;
}

const isLeft = (held: Json): boolean =>
  held === null || (isJsonObject(held) && (held['value'] ?? null) === null);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
