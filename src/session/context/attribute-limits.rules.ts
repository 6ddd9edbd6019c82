import { type DomainError, InvalidInput, TooLarge } from '../../shared/domain-error.js';
import { depthOf, type Json } from '../../shared/json.js';

/** Limits of custom attributes (behaviour D-14). Sizes are in bytes of UTF-8 JSON. */
export const ATTRIBUTE_LIMITS = {
  nameCharacters: 256,
  valueBytes: 64 * 1024,
  valueDepth: 32,
  count: 200,
  contextBytes: 1024 * 1024,
} as const;

/**
 * Every name is plain data, including `a.b`, `$set` and `__proto__`. Only an empty name, one that is too long and one
 * with a NUL are refused.
 */
export function attributeNameProblem(name: string): DomainError | undefined {
  if (name.length === 0) return InvalidInput.of('key', 'must not be empty');
  if (isLongerThan(ATTRIBUTE_LIMITS.nameCharacters, name)) {
    return InvalidInput.of('key', `must have at most ${ATTRIBUTE_LIMITS.nameCharacters} characters`);
  }
  return name.includes('\0') ? InvalidInput.of('key', 'must not contain the character NUL') : undefined;
}

/** Checks the length in code units first, so that a name of a megabyte is never split into characters. */
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

/** Checks the limits that apply to all attributes of a context together. */
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
