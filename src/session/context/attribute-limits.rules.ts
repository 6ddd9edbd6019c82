import { type DomainError, InvalidInput, TooLarge } from '../../shared/domain-error.js';
import { depthOf, type Json } from '../../shared/json.js';

/** Behaviour D-14. Sizes are bytes of JSON in UTF-8. */
export const ATTRIBUTE_LIMITS = {
  nameCharacters: 256,
  valueBytes: 64 * 1024,
  valueDepth: 32,
  count: 200,
  contextBytes: 1024 * 1024,
} as const;

/** Any name is data, also `a.b`, `$set` and `__proto__`; only its length and NUL are refused. */
export function attributeNameProblem(name: string): DomainError | undefined {
  if (name.length === 0) return InvalidInput.of('key', 'must not be empty');
  if (isLongerThan(ATTRIBUTE_LIMITS.nameCharacters, name)) {
    return InvalidInput.of('key', `must have at most ${ATTRIBUTE_LIMITS.nameCharacters} characters`);
  }
  return name.includes('\0') ? InvalidInput.of('key', 'must not contain the character NUL') : undefined;
}

/** A name of a megabyte is not taken apart to be counted. */
const isLongerThan = (most: number, name: string): boolean =>
  name.length > most * 2 || [...name].length > most;

export function attributeValueProblem(name: string, value: Json): DomainError | undefined {
  if (depthOf(value, ATTRIBUTE_LIMITS.valueDepth) > ATTRIBUTE_LIMITS.valueDepth) {
    return InvalidInput.of('value', `of ${name} is nested deeper than ${ATTRIBUTE_LIMITS.valueDepth} levels`);
  }
  const bytes = sizeOf(value);
  if (bytes <= ATTRIBUTE_LIMITS.valueBytes) return undefined;
  return new TooLarge(
    `value: of ${name} has ${bytes} bytes, more than the ${ATTRIBUTE_LIMITS.valueBytes} of one attribute`,
  );
}

/** Of all attributes of a context together. */
export function attributesProblem(
  attributes: ReadonlyMap<string, { readonly value: Json }>,
): DomainError | undefined {
  if (attributes.size > ATTRIBUTE_LIMITS.count) {
    return InvalidInput.of('context', `must have at most ${ATTRIBUTE_LIMITS.count} attributes`);
  }
  let bytes = 0;
  for (const [name, { value }] of attributes) bytes += Buffer.byteLength(name) + sizeOf(value);
  if (bytes <= ATTRIBUTE_LIMITS.contextBytes) return undefined;
  return new TooLarge(
    `context: has ${bytes} bytes, more than the ${ATTRIBUTE_LIMITS.contextBytes} of one context`,
  );
}

const sizeOf = (value: Json): number => Buffer.byteLength(JSON.stringify(value));
