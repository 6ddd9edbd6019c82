import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListSpec } from '../../src/http/query/list-fields.js';
import { type ListQuery, toListing } from '../../src/http/query/listing.js';
import { inAnyCase } from '../../src/shared/filter/filter.rules.js';
import { isByIndex } from '../mongo/watched-queries.js';
import { type ListedThings, openThings, type Thing } from '../support/data/listed-things.js';

const SPEC: ListSpec = {
  fields: {
    id: { kind: 'text', path: 'id' },
    name: { kind: 'text', path: 'name' },
    price: { kind: 'number', path: 'price' },
    active: { kind: 'boolean', path: 'active' },
    'metadata.createdAt': { kind: 'date', path: 'createdAt' },
    title: { kind: 'text', path: 'title', localized: true },
    tags: { kind: 'text', path: 'tags' },
    'items.sku': { kind: 'text', path: 'items.sku' },
    'items.quantity': { kind: 'number', path: 'items.quantity' },
  },
  sortable: ['id', 'name', 'price', 'metadata.createdAt'],
  defaultSort: 'id',
  pageSize: 100,
};

const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));

/** Each thing differs from the others in something that one of the filters below asks for. */
const THINGS: readonly Omit<Thing, 'tenant'>[] = [
  {
    id: 'a',
    name: 'Umbrella',
    price: 19.9,
    active: true,
    createdAt: at(1),
    title: { en: 'Umbrella', de: 'Schirm' },
  },
  { id: 'b', name: 'Raincoat', price: 79, active: false, createdAt: at(2), tags: ['rain', 'gold'] },
  { id: 'c', name: 'rain boots', price: -1, active: true, createdAt: at(3), tags: [], items: [] },
  {
    id: 'd',
    name: '$where (a.b) [c] *',
    price: 0,
    createdAt: at(4),
    items: [
      { sku: 'x', quantity: 1 },
      { sku: 'y', quantity: 10 },
    ],
  },
  { id: 'e', name: 'null', price: 20, title: { en: 'Yoghurt im Glas' }, items: [{ quantity: 5 }] },
  { id: 'f', price: 20.5, active: true, tags: ['gold'] },
  { id: 'g', name: 'é 🎉', createdAt: at(3) },
  { id: 'h', name: '\uFB01 ligature', price: 1_000_000, active: false },
  { id: 'i', name: 'say "hi" \\o/', createdAt: at(5) },
];

/** A filter, and the ids that it finds on every store. */
const FILTERS: readonly (readonly [q: string, ids: string])[] = [
  ['', 'abcdefghi'],
  ['id:a', 'a'],
  ['name:Umbrella', 'a'],
  ['name:umbrella', ''],
  ['name:"rain boots"', 'c'],
  ['name:(Umbrella, rain boots,Raincoat)', 'abc'],
  ['id:(a)', 'a'],
  ['id:(a,a,z)', 'a'],
  ['name:"null"', 'e'],
  ['name:null', 'f'],
  ['name:missing', 'f'],
  ['name:exists', 'abcdeghi'],
  ['name:"$where (a.b) [c] *"', 'd'],
  ['name:"say \\"hi\\" \\\\o/"', 'i'],
  ['name:"é 🎉"', 'g'],
  ['price:20', 'e'],
  ['price:20.0', 'e'],
  ['price:>20', 'bfh'],
  ['price:>=20', 'befh'],
  ['price:<0', 'c'],
  ['price:<=0', 'cd'],
  ['price:(>=19.9 AND <=20.5)', 'aef'],
  ['price:(>20 AND <20)', ''],
  ['price:(20,79,5)', 'be'],
  ['price:missing', 'gi'],
  ['active:true', 'acf'],
  ['active:false', 'bh'],
  ['active:exists price:<20', 'ac'],
  ['metadata.createdAt:"2026-01-03T00:00:00.000Z"', 'cg'],
  ['metadata.createdAt:2026-01-03', 'cg'],
  ['metadata.createdAt:(>="2026-01-02T00:00:00Z" AND <"2026-01-04T00:00:00+00:00")', 'bcg'],
  ['metadata.createdAt:>"2026-01-03T23:00:00+02:00"', 'di'],
  ['title.en:Umbrella', 'a'],
  ['title.de:exists', 'a'],
  ['title:exists', 'ae'],
  ['title.en:~(Yoghurt im)', 'e'],
  ['name:~rain', 'c'],
  ['name:~Rain', 'b'],
  ['name:~ain', 'bc'],
  ['name:~^rain', 'c'],
  ['name:~ella$', 'a'],
  ['name:~^Umbrella$', 'a'],
  ['name:~^Umbrell$', ''],
  ['name:(~rain boots)', 'c'],
  ['name:~r.*o.*s$', 'c'],
  ['name:~^R.i.c', 'b'],
  ['name:~.*', 'abcdeghi'],
  ['name:~"é .$"', 'g'],
  ['name:~"\\\\(a\\\\.b\\\\)"', 'd'],
  ['name:~U.*e.*a$', 'a'],
  ['name:~a.*a$', ''],
  ['tags:gold', 'bf'],
  ['tags:(rain,snow)', 'b'],
  ['tags:~^g', 'bf'],
  ['tags:exists', 'bcf'],
  ['tags:missing', 'adeghi'],
  ['items.sku:y', 'd'],
  ['items.sku:exists', 'd'],
  ['items.sku:missing', 'abcefghi'],
  ['items.quantity:>=5', 'de'],
  ['items.quantity:(>1 AND <5)', 'd'],
  ['active:true price:>0 tags:gold', 'f'],
  ['id:a id:b', ''],
  ['name:~a name:~b', 'acd'],
];

describe('A list', () => {
  let things: ListedThings;
  beforeAll(async () => {
    things = await openThings();
    for (const thing of THINGS) await things.put({ tenant: 'acme', ...thing });
    await things.put({ tenant: 'acmetwo', id: 'z', name: 'Umbrella' });
  });
  afterAll(() => things.close());

  const ask = (query: ListQuery, counted = false) => things.list('acme', toListing(query, SPEC, counted));
  const idsOf = async (query: ListQuery): Promise<string> =>
    (await ask(query)).rows.map(({ id }) => id).join('');

  it.each(FILTERS)('filtered by %j finds %j on every store [W-61]', async (q, ids) => {
    expect(await idsOf({ q })).toBe(ids);
  });

  it.each([
    ['RAIN', 'bc'],
    ['rain', 'bc'],
    ['É 🎉', 'g'],
    ['LIG', 'h'],
    ['$WHERE (A.B) [C] *', 'd'],
    ['\\O/', 'i'],
    [']', 'd'],
    ['^', ''],
  ])('filtered by %j in any case finds %j on every store', async (text, ids) => {
    const pattern = { pieces: [inAnyCase(text)], fromStart: false, toEnd: false };
    const filter = [{ op: 'like', path: 'name', pattern }] as const;
    const { rows } = await things.list('acme', { ...toListing({}, SPEC, false), filter });
    expect(rows.map(({ id }) => id).join('')).toBe(ids);
  });

  it.each([
    ['id', 'abcdefghi'],
    ['id:desc', 'ihgfedcba'],
    // Sorted by code points, absent values first, equal ones by id.
    ['name', 'fdbaecigh'],
    ['price', 'gicdaefbh'],
    ['price:desc', 'hbfeadcig'],
    ['metadata.createdAt', 'efhabcgdi'],
    ['metadata.createdAt:desc', 'idgcbahfe'],
  ])('sorted by %s is %s on every store [W-60]', async (sort, ids) => {
    expect(await idsOf({ sort })).toBe(ids);
  });

  it('sorts a character beyond 16 bits after all others', async () => {
    expect(await idsOf({ q: 'id:(g,h)', sort: 'name' })).toBe('gh');
    await things.put({ tenant: 'signs', id: 'p', name: '🎉' });
    await things.put({ tenant: 'signs', id: 'q', name: '\uFB01' });
    const { rows } = await things.list('signs', toListing({ sort: 'name' }, SPEC, false));
    expect(rows.map(({ id }) => id)).toEqual(['q', 'p']);
  });

  it('comes in pages, and counts all of them on request [W-60]', async () => {
    const page = { q: 'active:exists', sort: 'price', pageSize: 2 };
    expect(await idsOf({ ...page, pageNumber: 1 })).toBe('ca');
    expect(await idsOf({ ...page, pageNumber: 3 })).toBe('h');
    expect(await ask({ ...page, pageNumber: 2 }, true)).toMatchObject({
      total: 5,
      rows: [{ id: 'f' }, { id: 'b' }],
    });
    expect(await ask({ ...page, pageNumber: 9_007_199_254_740_991 }, true)).toEqual({ total: 5, rows: [] });
    expect(await ask(page)).not.toHaveProperty('total');
  });

  it('ends before the row that would exceed the byte limit, says so, and has at least one row [X-08, X-23]', async () => {
    const large = { tenant: 'large', tags: ['x'.repeat(10_000)] };
    for (const id of ['a', 'b', 'c', 'd', 'e']) await things.put({ ...large, id });
    await things.put({ tenant: 'large', id: 'f' });
    const page = async (maxBytes: number, skip = 0, sort = 'id') => {
      const listing = { ...toListing({ sort }, SPEC, true), skip, maxBytes };
      const { rows, ...rest } = await things.list('large', listing);
      return { ids: rows.map(({ id }) => id).join(''), ...rest };
    };
    expect(await page(35_000)).toEqual({ ids: 'abc', total: 6, cut: true });
    expect(await page(35_000, 3)).toEqual({ ids: 'def', total: 6 });
    expect(await page(35_000, 0, 'id:desc')).toEqual({ ids: 'fedc', total: 6, cut: true });
    expect(await page(10)).toEqual({ ids: 'a', total: 6, cut: true });
    expect(await page(10, 5)).toEqual({ ids: 'f', total: 6 });
    expect(await page(1_000_000)).toEqual({ ids: 'abcdef', total: 6 });
  });

  it('returns rows as they were stored, and only those of its tenant', async () => {
    const { rows, total } = await ask({}, true);
    expect(rows).toEqual(THINGS.map((thing) => ({ tenant: 'acme', ...thing })));
    expect(total).toBe(THINGS.length);
  });

  it('is found and counted by an index and never sorted in memory', async () => {
    const plans = await things.explain();
    expect(plans.filter((plan) => !isByIndex(plan))).toEqual([]);
    if (process.env.TEST_DRIVER === 'mongo') expect(plans.length).toBeGreaterThan(20);
  });
});
