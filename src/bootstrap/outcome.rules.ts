import { isDeepStrictEqual } from 'node:util';

/** What became of one record that the file declares. */
export interface Outcome {
  /** Where it stands in the file. */
  readonly place: string;
  readonly made: boolean;
  /** What the store has otherwise. Names of fields only: values may be secrets, or tell of a person. */
  readonly difference?: string;
}

export const made = (place: string): Outcome => ({ place, made: true });

export const absent = (place: string): Outcome => ({ place, made: false, difference: 'is not in the store' });

/** @param fields that differ */
export function kept(place: string, fields: readonly string[]): Outcome {
  if (fields.length === 0) return { place, made: false };
  return { place, made: false, difference: `differs from the store in ${fields.join(', ')}` };
}

/** Names of the fields that are declared, and stored otherwise. What only the store has is no difference. */
export function differing(declared: object, stored: object): readonly string[] {
  const there = new Map(Object.entries(stored));
  return Object.entries(declared)
    .filter(([name, value]) => value !== undefined && !isSame(value, there.get(name)))
    .map(([name]) => name);
}

/** Lists of names are sets here: their order is lost when they are set by the API. */
function isSame(one: unknown, other: unknown): boolean {
  if (isNames(one) && isNames(other)) return isDeepStrictEqual(new Set(one), new Set(other));
  return isDeepStrictEqual(one, other);
}

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');
