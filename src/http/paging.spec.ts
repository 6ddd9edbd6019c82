import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../shared/domain-error.js';
import { PageQueryDto, pageOf, parseSort, sorted } from './paging.js';
import { validationPipe } from './validation.pipe.js';

const rows = Array.from({ length: 40 }, (_, i) => i + 1);
const FIELDS = ['code', 'name', 'active'] as const;

describe('A page of a list', () => {
  it('is the first one in the default size of the list, if nothing is asked for [W-60]', () => {
    expect(pageOf(rows, {}, 16)).toEqual(rows.slice(0, 16));
    expect(pageOf(rows, {}, 60)).toEqual(rows);
  });

  it('is counted from 1, and the last one is what is left [W-60]', () => {
    expect(pageOf(rows, { pageNumber: 1, pageSize: 15 }, 16)).toEqual(rows.slice(0, 15));
    expect(pageOf(rows, { pageNumber: 2, pageSize: 15 }, 16)).toEqual(rows.slice(15, 30));
    expect(pageOf(rows, { pageNumber: 3, pageSize: 15 }, 16)).toEqual(rows.slice(30));
    expect(pageOf(rows, { pageNumber: 3 }, 16)).toEqual(rows.slice(32));
  });

  it('is empty behind the last one, however far', () => {
    expect(pageOf(rows, { pageNumber: 4, pageSize: 15 }, 16)).toEqual([]);
    expect(pageOf(rows, { pageNumber: 1e308, pageSize: 200 }, 16)).toEqual([]);
    expect(pageOf([], {}, 16)).toEqual([]);
  });
});

describe('The order of a list', () => {
  it('is ascending unless it says otherwise [W-60]', () => {
    expect(parseSort('name', FIELDS)).toEqual({ field: 'name', descending: false });
    expect(parseSort('name:asc', FIELDS)).toEqual({ field: 'name', descending: false });
    expect(parseSort('name:desc', FIELDS)).toEqual({ field: 'name', descending: true });
  });

  it('is the order of the list itself when none is asked for', () => {
    const list = [{ code: 'b' }, { code: 'a' }];
    for (const none of [undefined, '']) {
      expect(parseSort(none, FIELDS)).toBeUndefined();
      expect(sorted(list, parseSort(none, ['code']))).toEqual(list);
    }
  });

  it.each(['tenant', 'name:down', 'name:', ':desc', 'name:asc:desc', 'NAME', '__proto__', 'name,code'])(
    'can not be %j, and the refusal names what can be [W-45]',
    (sort) => {
      expect(() => parseSort(sort, FIELDS)).toThrow(InvalidInput);
      expect(() => parseSort(sort, FIELDS)).toThrow(/sort: .*code, name, active/);
    },
  );

  it('sorts text, numbers and flags, both ways, and keeps equal rows in order', () => {
    const list = [
      { code: 'b', name: 'x', active: true, rank: 10 },
      { code: 'a', name: 'x', active: false, rank: 9 },
      { code: 'c', name: 'X', active: true, rank: 1 },
    ];
    const by = (sort: string) =>
      sorted(list, parseSort(sort, ['code', 'name', 'active', 'rank']))
        .map(({ code }) => code)
        .join('');
    expect(by('code')).toBe('abc');
    expect(by('code:desc')).toBe('cba');
    expect(by('name')).toBe('cba');
    expect(by('name:desc')).toBe('bac');
    expect(by('active')).toBe('abc');
    expect(by('active:desc')).toBe('bca');
    expect(by('rank')).toBe('cab');
    expect(list.map(({ code }) => code).join('')).toBe('bac');
  });
});

describe('The query of a list', () => {
  const read = (query: Record<string, unknown>): Promise<PageQueryDto> =>
    validationPipe().transform(query, { type: 'query', metatype: PageQueryDto });

  it('is read from text, and drops what it does not know [C-02]', async () => {
    const query = await read({ pageNumber: '2', pageSize: '200', sort: 'name', fields: 'x' });
    expect({ ...query }).toEqual({ pageNumber: 2, pageSize: 200, sort: 'name' });
    expect(await read({})).toBeInstanceOf(PageQueryDto);
  });

  it.each([
    ['pageNumber', '0'],
    ['pageNumber', '-1'],
    ['pageNumber', '1.5'],
    ['pageNumber', 'two'],
    ['pageNumber', ''],
    ['pageNumber', ['1', '2']],
    ['pageSize', '0'],
    ['pageSize', '201'],
    ['pageSize', 'all'],
    ['sort', ['code', 'name']],
  ])('is refused with %s=%j, by the name of the item [W-45]', async (name, value) => {
    const refusal = await read({ [name]: value }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InvalidInput);
    expect(refusal).toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ field: name })]),
    });
  });
});
