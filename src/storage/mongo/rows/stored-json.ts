import type { Json } from '../../../shared/json.js';

/** ES2026; Node 24 has it, TypeScript's ES2023 library does not know it. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** `JSON.stringify` writes 0 for -0, though `JSON.parse` tells them apart. */
const keepMinusZero = (_key: string, value: unknown): unknown =>
  Object.is(value, -0) ? rawJSON('-0') : value;

/**
 * What a caller sent is stored as the text of its JSON: as BSON, the server could take a key such as `$set`
 * for an operator, and the driver a key such as `__proto__` for more than a name.
 */
export const storedJson = (value: Json): string => JSON.stringify(value, keepMinusZero);

/** `T` is what was stored. */
export const givenJson = <T>(text: string): T => JSON.parse(text) as T;

export type Texts<T, K extends keyof T> = { readonly [F in keyof T]: F extends K ? string : T[F] };

/** The record with these fields as JSON text; absent ones stay absent. */
export function withStoredJson<T extends object, K extends keyof T>(
  record: T,
  fields: readonly K[],
): Texts<T, K> {
  return mapped(record, fields, (value) => storedJson(value as Json)) as Texts<T, K>;
}

export function withGivenJson<T extends object>(row: object, fields: readonly (keyof T)[]): T {
  return mapped(row as T, fields, (text) => givenJson(String(text))) as T;
}

function mapped<T extends object>(
  from: T,
  fields: readonly (keyof T)[],
  map: (value: unknown) => unknown,
): object {
  const present = fields.filter((field) => from[field] !== undefined);
  return { ...from, ...Object.fromEntries(present.map((field) => [field, map(from[field])])) };
}
