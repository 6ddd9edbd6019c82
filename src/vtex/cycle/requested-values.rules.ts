import { attributeNameProblem, attributeValueProblem } from '../../session/context/attribute-limits.rules.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { isJsonObject, type Json } from '../../shared/json.js';
import type { Asked } from '../values/app.types.js';

/** Query parameters that are not values: `an` names the account (D-19), and `items` selects what a read returns. */
const NO_VALUES = new Set(['an', 'items']);

/**
 * Returns what a request sets: query parameters, which are texts, overridden by `public` in the body, which may have
 * any JSON (W-64, W-65, F-54). null removes a value, and so does an undefined one, which JavaScript sends as `{}`.
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
    asked.set(`public.${key}`, checked(key, valueIn(key, item)));
  }
  return asked;
}

function valueIn(key: string, item: Json): Json | undefined {
  if (isJsonObject(item) && (Object.hasOwn(item, 'value') || Object.keys(item).length === 0))
    return item.value;
  throw InvalidInput.of(`public.${key}`, 'must be an object with a value, such as {"value": "google"}');
}

const lastOf = (value: Json): Json => (Array.isArray(value) ? (value.at(-1) ?? '') : value);

/** Applies the limits of attributes in the other dialect (D-14). */
function checked(key: string, value: Json = null): Json {
  const problem =
    value === null ? undefined : (attributeNameProblem(key) ?? attributeValueProblem(key, value));
  if (problem) throw problem;
  return value;
}
