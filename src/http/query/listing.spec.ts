import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/domain-error.js';
import type { ListSpec } from './list-fields.js';
import { toListing } from './listing.js';

const spec: ListSpec = {
  fields: { code: { path: 'code', kind: 'text' }, name: { path: 'title', kind: 'text' } },
  sortable: ['code', 'name'],
  defaultSort: 'code',
  pageSize: 16,
};

const orderOf = (sort?: string) => toListing({ sort }, spec, false).order;

describe('The order of a list', () => {
  it.each([
    [undefined, 'code', false],
    ['', 'code', false],
    ['name', 'title', false],
    ['name:asc', 'title', false],
    ['name:desc', 'title', true],
    ['name:DESC', 'title', true],
    ['name:Asc', 'title', false],
  ])('may be asked for as %s, with the direction in any case [W-60]', (sort, path, descending) => {
    expect(orderOf(sort)).toEqual({ path, descending });
  });

  it.each(['nope', 'Code', 'code:down', 'code:', 'code:asc:desc', 'code:desc,name'])(
    'is refused as %s, with the fields that there are [W-60]',
    (sort) => {
      expect(() => orderOf(sort)).toThrow(InvalidInput);
      expect(() => orderOf(sort)).toThrow('sort: must be one field, of code, name;');
    },
  );
});
