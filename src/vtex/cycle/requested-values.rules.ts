import { attributeNameProblem, attributeValueProblem } from '../../session/context/attribute-limits.rules.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { isJsonObject, type Json } from '../../shared/json.js';
import type { Asked } from '../values/app.types.js';

/** `an` names the account (D-19), and `items` what a read is to answer. */
const NO_VALUES = new Set(['an', 'items']);

/**
 * What a request sets: the query's items, which are texts, and over them what the body has under `public`, which may be
 * any JSON (W-64, W-65, F-54). Null takes a value away.
 * @throws InvalidInput | TooLarge
 */
export function askedValues(query: unknown, given: unknown): Asked {
  const asked = new Map<string, Json>();
  for (const [key, value] of Object.entries(isJsonObject(query) ? query : {})) {
    if (!NO_VALUES.has(key)) asked.set(`public.${key}`, checked(key, lastOf(value)));
  }
  if (given !== undefined && !isJsonObject(given)) {
    throw InvalidInput.of('public', 'must be an object such as {"utm_source": {"value": "google"}}');
  }
  for (const [key, item] of Object.entries(given ?? {})) {
    if (!isJsonObject(item) || !Object.hasOwn(item, 'value')) {
      throw InvalidInput.of(`public.${key}`, 'must be an object with a value, such as {"value": "google"}');
    }
    asked.set(`public.${key}`, checked(key, item.value));
  }
  return asked;
}

const lastOf = (value: Json): Json => (Array.isArray(value) ? (value.at(-1) ?? '') : value);

/** Attributes of the other dialect have the same limits (D-14). */
function checked(key: string, value: Json = null): Json {
  const problem =
    value === null ? undefined : (attributeNameProblem(key) ?? attributeValueProblem(key, value));
  if (problem) throw problem;
  return value;
}
