import { describe, expect, it, vi } from 'vitest';
import { jsonOfRows } from './json-of-rows.js';

describe('The JSON of a row', () => {
  const shown = vi.fn(({ name }: { name: string }) => ({ name }));

  it('is made once for a row that nobody can change', () => {
    const json = jsonOfRows(shown.mockClear());
    const row = Object.freeze({ name: 'a', secret: 1 });
    expect([json(row), json(row)]).toEqual(['{"name":"a"}', '{"name":"a"}']);
    expect(shown).toHaveBeenCalledTimes(1);
  });

  it('is that of another row, even of the same record', () => {
    const json = jsonOfRows(shown);
    const texts = ['a', 'b'].map((name) => json(Object.freeze({ name })));
    expect(texts).toEqual(['{"name":"a"}', '{"name":"b"}']);
  });

  it('follows a row that can still be changed', () => {
    const json = jsonOfRows(shown);
    const row = { name: 'a' };
    json(row);
    row.name = 'b';
    expect(json(row)).toBe('{"name":"b"}');
  });
});
