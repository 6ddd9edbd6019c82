/** The `content-type` to declare on a handler that returns JSON as text, which Nest would send as plain text (W-36). */
export const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * Makes the JSON of each row once, if the answer depends on nothing but the row. This counts where a store keeps a row in
 * memory, shares it among all its readers and therefore freezes it; the text goes when the row does.
 * @param shown what an answer shows of a row
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
