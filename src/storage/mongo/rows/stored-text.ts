/** A noncharacter: nobody types it, and MongoDB stores it like any other character. */
const ESCAPE = '\uFFFF';

/** Half a surrogate pair, or the escape character itself. */
const UNSTORABLE = /[\uFFFF\p{Cs}]/gu;
const ESCAPED = /\uFFFF([0-9a-f]{4})/g;

/**
 * BSON strings are UTF-8, which has no half of a surrogate pair: the driver would store U+FFFD for each, and
 * two names that differ would become one. Every other text is stored as it is.
 */
export function storedText(text: string): string {
  return text.replace(UNSTORABLE, (unit) => ESCAPE + unit.charCodeAt(0).toString(16).padStart(4, '0'));
}

export function givenText(stored: string): string {
  if (!stored.includes(ESCAPE)) return stored;
  return stored.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** All texts of a row, however deep; fields that are undefined are left out, so that none is stored as null. */
export const toStored = <T>(row: T): T => (isStorable(row) ? row : (mapTexts(row, storedText) as T));

/** @param row as the driver made it; nobody else has a reference to it */
export const fromStored = <T>(row: T): T => (hasEscapes(row) ? (mapTexts(row, givenText) as T) : row);

/** Nearly every row is stored as it is: to find that out costs a tenth of a copy. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes(ESCAPE);
  if (Array.isArray(value)) return value.every(isStorable);
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return value instanceof Date || Object.values(value).every(isStorable);
}

function hasEscapes(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(ESCAPE);
  if (Array.isArray(value)) return value.some(hasEscapes);
  if (typeof value !== 'object' || value === null || value instanceof Date) return false;
  return Object.values(value).some(hasEscapes);
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const present = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(present.map(([name, field]) => [name, mapTexts(field, map)]));
}
