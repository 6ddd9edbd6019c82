import type {
  Comparison,
  Condition,
  Filter,
  FilterValue,
  Listed,
  Listing,
  PatternPiece,
  SortOrder,
  TextPattern,
} from './filter.types.js';

/**
 * Tells whether a record matches the filter. Both stores match the same records: see
 * `test/contracts/listing.contract.ts`.
 */
export const matches = (record: object, filter: Filter): boolean =>
  filter.every((condition) => holds(record, condition));

/** Sorts the matching records, cuts them to the page, and counts them on request. */
export function listPage<T extends object>(
  records: readonly T[],
  listing: Omit<Listing, 'maxBytes'>,
  idOf: (record: T) => string,
): Listed<T> {
  const found = records.filter((record) => matches(record, listing.filter));
  const keys = found.map((record) => ({ record, ...sortKeyOf(record, listing.order, idOf(record)) }));
  const rows = pageOf(keys, listing).map(({ record }) => record);
  return { rows, ...(listing.counted && { total: found.length }) };
}

/** What a record is sorted by. It is small, whatever the size of the record. */
export interface SortKey {
  readonly value: Comparable | undefined;
  readonly id: string;
}

export const sortKeyOf = (record: object, { path }: SortOrder, id: string): SortKey => ({
  value: comparable(valuesAt(record, path.split('.'))[0]),
  id,
});

/** Sorts the keys and cuts them to the page. */
export function pageOf<K extends SortKey>(
  keys: readonly K[],
  { order, skip, limit }: Pick<Listing, 'order' | 'skip' | 'limit'>,
): readonly K[] {
  const sign = order.descending ? -1 : 1;
  const compareOf = (a: K, b: K): number =>
    sign * (compareKeys(a.value, b.value) || compareTexts(a.id, b.id));
  return keys.toSorted(compareOf).slice(skip, skip + limit);
}

/** Returns the part of a page that fits, with at least one row. */
export function within<K extends { readonly bytes: number }>(
  page: readonly K[],
  maxBytes = Infinity,
): { readonly fitting: readonly K[]; readonly cut?: true } {
  let left = maxBytes;
  const end = page.findIndex(({ bytes }, index) => (left -= bytes) < 0 && index > 0);
  return end === -1 ? { fitting: page } : { fitting: page.slice(0, end), cut: true };
}

function holds(record: object, condition: Condition): boolean {
  const reached = valuesAt(record, condition.path.split('.'));
  switch (condition.op) {
    case 'present':
      return reached.some((value) => value !== undefined);
    case 'absent':
      return reached.every((value) => value === undefined);
    case 'in':
      return entriesOf(reached).some((value) => condition.values.some((one) => compares(value, 'eq', one)));
    case 'like':
      return entriesOf(reached).some(
        (value) => typeof value === 'string' && isLike(value, condition.pattern),
      );
    default:
      return entriesOf(reached).some((value) => compares(value, condition.op, condition.value));
  }
}

/** Returns the values at the path: one, or one for each entry if the path leads through a list. */
function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((entry) => valuesAt(entry, path));
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
  return valuesAt(Reflect.get(value, name), rest);
}

const entriesOf = (values: readonly unknown[]): readonly unknown[] =>
  values.flatMap((value) => (Array.isArray(value) ? (value as readonly unknown[]) : [value]));

const HOLDS: Readonly<Record<Comparison, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

function compares(value: unknown, op: Comparison, asked: FilterValue): boolean {
  const [a, b] = [comparable(value), comparable(asked)];
  const sameType = typeof a === typeof b && value instanceof Date === asked instanceof Date;
  return sameType && a !== undefined && b !== undefined && HOLDS[op](compare(a, b));
}

export type Comparable = string | number | boolean;

function comparable(value: unknown): Comparable | undefined {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}

function compare(a: Comparable, b: Comparable): number {
  if (a === b) return 0;
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  return a < b ? -1 : 1;
}

/** Compares by code points, the order of UTF-8. JavaScript itself compares UTF-16 units. */
function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at === length) return a.length - b.length;
  const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
  const surrogates = isSurrogate(one) === isSurrogate(other) ? 0 : Number(isSurrogate(one)) * 2 - 1;
  return surrogates || one - other;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

function compareKeys(a: Comparable | undefined, b: Comparable | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compare(a, b);
}

/** Looks for each piece at the first place after the previous one, which takes linear time for each piece. */
function isLike(text: string, { pieces, fromStart, toEnd }: TextPattern): boolean {
  const characters = [...text];
  const fits = (piece: TextPattern['pieces'][number], at: number): boolean =>
    at >= 0 &&
    at + piece.length <= characters.length &&
    piece.every((wanted, i) => wanted === undefined || isOneOf(wanted, characters[at + i]));
  let from = 0;
  for (const [i, piece] of pieces.entries()) {
    const isLast = i === pieces.length - 1;
    const end = characters.length - piece.length;
    const first = isLast && toEnd ? Math.max(from, end) : from;
    const last = i === 0 && fromStart ? 0 : end;
    let at = first;
    while (at <= last && !fits(piece, at)) at += 1;
    if (at > last) return false;
    from = at + piece.length;
  }
  return true;
}

const isOneOf = (wanted: string, character = ''): boolean =>
  wanted === character || (wanted.length > 1 && [...wanted].includes(character));

/**
 * Returns the text as a piece of a pattern that does not mind case. Both stores are given the same characters, so they
 * need not agree on rules of their own. `ß` is not taken for `SS`, which has another length.
 */
export const inAnyCase = (text: string): PatternPiece =>
  [...text].map((character) => {
    const upper = character.toUpperCase();
    const lower = character.toLowerCase();
    const all = [character, lower, upper, upper.toLowerCase(), lower.toUpperCase()];
    return [...new Set(all.filter((one) => [...one].length === 1))].join('');
  });
