import { describe, expect, it } from 'vitest';
import { checkIndexes, type Index } from './indexes.js';

const DECLARED: readonly Index[] = [
  { name: 'gone_at', key: { goneAt: 1 }, expireAfterSeconds: 0 },
  {
    name: 'customer',
    key: { tenant: 1, customerId: 1 },
    partialFilterExpression: { customerId: { $exists: true } },
  },
];
const [goneAt, customer] = DECLARED as [Index, Index];
const ID: Index = { name: '_id_', key: { _id: 1 } };

const check = (...existing: Index[]) => checkIndexes('sessions', DECLARED, [ID, ...existing]);

describe('The check of the indexes', () => {
  it('names what is missing', () => {
    expect(check()).toEqual({ missing: DECLARED, differing: [] });
    expect(check(goneAt)).toEqual({ missing: [customer], differing: [] });
  });

  it('is content with what is declared, whatever else is there', () => {
    const more = { name: '_id_hashed', key: { _id: 'hashed' } };
    expect(check(goneAt, { ...customer, v: 2, background: true } as Index, more)).toEqual({
      missing: [],
      differing: [],
    });
  });

  it.each([
    ['ends later', { ...goneAt, expireAfterSeconds: 60 }],
    ['never ends', { name: 'gone_at', key: { goneAt: 1 } }],
    ['is on another field', { ...goneAt, key: { createdAt: 1 } }],
    ['is in another direction', { ...goneAt, key: { goneAt: -1 } }],
    ['has another name', { name: 'goneAt_1', key: { goneAt: 1 } }],
    ['is unique', { ...goneAt, unique: true }],
    ['is sparse', { ...goneAt, sparse: true }],
    ['is hidden', { ...goneAt, hidden: true }],
    ['covers a part', { ...goneAt, partialFilterExpression: { goneAt: { $exists: true } } }],
    ['sorts otherwise', { ...goneAt, collation: { locale: 'de' } }],
  ])('names one that %s', (_how, other) => {
    const { missing, differing } = check(other, customer);
    expect(missing).toEqual([]);
    expect(differing).toEqual([expect.stringMatching(`^- sessions\\.${other.name} is .*, and should be `)]);
  });

  it('names one whose fields are in another order', () => {
    const { differing } = check(goneAt, { ...customer, key: { customerId: 1, tenant: 1 } });
    expect(differing).toHaveLength(1);
  });
});
