import { attributeNameProblem, attributeValueProblem } from '../../session/index.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { isJsonObject, type Json } from '../../shared/json.js';
import type { Outputs } from '../transforms/app.types.js';

/** `an` names the account (D-19), and `items` what a read is to answer. */
const NO_VALUES = new Set(['an', 'items']);

/**
 * What a request sets: the query's items, and over them what the body has under `public` (W-64, W-65). Null takes a
 * value away; truth values and numbers become texts (S-04).
 * @throws InvalidInput | TooLarge
 */
export function askedValues(query: unknown, given: unknown): Outputs {
  const asked = new Map<string, string | null>();
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

function checked(key: string, value: Json | undefined): string | null {
  if (value === null) return null;
  if (typeof value === 'object' || value === undefined) {
    throw InvalidInput.of(`public.${key}`, 'must have a text as its value');
  }
  const problem = attributeNameProblem(key) ?? attributeValueProblem(key, String(value));
  if (problem) throw problem;
  return String(value);
}
