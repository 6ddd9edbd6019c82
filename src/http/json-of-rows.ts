/** The `content-type` to declare on a handler that returns JSON as text, which Nest would send as plain text (W-36). */
export const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * Makes the JSON of each row once, for responses that depend on nothing but the row. It relies on stores that keep a row in
 * memory and share it, frozen, among all readers; the text is dropped together with the row.
 * @param shown returns what a response shows of a row
 */
export function jsonOfRows<Row extends object>(shown: (row: Row) => object): (row: Row) => string {
  const texts = new WeakMap<Row, string>();
  return (row) => {
    const known = texts.get(row);
    if (known !== undefined) return known;
    const text = JSON.stringify(shown(row));
    if (Object.isFrozen(row)) texts.set(row, text);
    return text;
  };
}
