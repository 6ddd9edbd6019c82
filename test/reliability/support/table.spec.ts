import { describe, expect, it } from 'vitest';
import { BEGIN, END, type Figure, withFigures } from '../../../scripts/reliability/table.js';

const one: Figure = {
  id: 'R2',
  store: 'mongo',
  date: '2026-11-21',
  result: '0 lost',
};
const page = `text\n${BEGIN}\n${END}\nmore\n`;
const figuresOf = (text: string): readonly string[] =>
  text.split('\n').filter((line) => /^\| [RX]/.test(line));

describe('The table of figures', () => {
  it('has a row a figure, sorted, with how to measure it again', () => {
    const rows = figuresOf(withFigures(page, [{ ...one, id: 'R10' }, one]));
    expect(rows).toHaveLength(2);
    expect(rows[0]).toBe(
      "| R2 | mongo | 0 lost | `npm run test:reliability -- --project mongo -t 'R2\\b'` | 2026-11-21 |",
    );
  });

  it('names the command of the suite that the figure is of, and keeps its row', () => {
    const hostile = withFigures(page, [{ ...one, id: 'X-01', suite: 'hostile' }]);
    const rows = figuresOf(withFigures(hostile, [one]));
    expect(rows).toHaveLength(2);
    expect(rows[1]).toContain("`npm run test:hostile -- --project mongo -t 'X-01\\b'`");
  });

  it('keeps what was not measured again, and the text around it', () => {
    const once = withFigures(page, [one, { ...one, part: 'election 2 s', result: 'other' }]);
    const twice = withFigures(once, [{ ...one, result: '1 lost' }]);
    expect(figuresOf(twice).map((row) => row.split(' | ')[2])).toEqual(['1 lost', 'other']);
    expect(twice.startsWith('text\n')).toBe(true);
    expect(twice.endsWith('\nmore\n')).toBe(true);
  });
});
