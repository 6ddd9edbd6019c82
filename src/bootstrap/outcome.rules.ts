import { isDeepStrictEqual } from 'node:util';

/** The outcome for one record that the file declares. */
export interface Outcome {
  /** The record's place in the file. */
  readonly place: string;
  readonly made: boolean;
  /** How the stored record differs. Names fields only, because values may be secrets or personal data. */
  readonly difference?: string;
}

export const made = (place: string): Outcome => ({ place, made: true });

export const absent = (place: string): Outcome => ({ place, made: false, difference: 'is not in the store' });

/** @param fields names of the fields that differ */
export function kept(place: string, fields: readonly string[]): Outcome {
  if (fields.length === 0) return { place, made: false };
  return { place, made: false, difference: `differs from the store in ${fields.join(', ')}` };
}

/**
 * Returns the names of declared fields that are stored with another value. Fields that only the store has are
 * ignored.
 */
export function differing(declared: object, stored: object): readonly string[] {
  const there = new Map(Object.entries(stored));
  return Object.entries(declared)
    .filter(([name, value]) => value !== undefined && !isSame(value, there.get(name)))
    .map(([name]) => name);
}

/** Compares lists of names as sets, because setting them over the API does not keep their order. */
function isSame(one: unknown, other: unknown): boolean {
  if (isNames(one) && isNames(other)) return isDeepStrictEqual(new Set(one), new Set(other));
  return isDeepStrictEqual(one, other);
}

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');
