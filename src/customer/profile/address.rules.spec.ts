import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/domain-error.js';
import type { Address } from '../customer.types.js';
import {
  type AddressChanges,
  addressProblems,
  defaultAddressOf,
  MOST_ADDRESSES,
  withAddress,
  withChangedAddress,
  withoutAddress,
  withoutTags,
  withTags,
} from './address.rules.js';

const [S, B] = ['SHIPPING', 'BILLING'];
const anAddress = (id: string, tags: string[], isDefault = false): Address => ({
  id,
  tags,
  isDefault,
  mixins: {},
});
const defaultsOf = (addresses: readonly Address[]) =>
  addresses.filter((a) => a.isDefault).map(({ id }) => id);

describe('The default address', () => {
  it('is the first one that has a tag [W-20]', () => {
    const one = withAddress([], 'a', { tags: [S] });
    const two = withAddress(one, 'b', { tags: [S] });
    const three = withAddress(two, 'c', { tags: [B] });
    expect(defaultsOf(three)).toEqual(['a', 'c']);
  });

  it('may be one address for shipping and another for billing [W-20]', () => {
    const anna = [anAddress('france', [S], true), anAddress('austria', [B], true)];
    expect(defaultsOf(withChangedAddress(anna, 'france', { city: 'Lyon' }))).toEqual(['france', 'austria']);
    expect(defaultsOf(withAddress(anna, 'spain', { tags: [S, B] }))).toEqual(['france', 'austria']);
  });

  it('takes the role from those that share a tag with it, and from no other [W-20]', () => {
    const before = [anAddress('a', [S], true), anAddress('b', [B], true), anAddress('c', [S])];
    expect(defaultsOf(withChangedAddress(before, 'c', { isDefault: true }))).toEqual(['b', 'c']);
    expect(defaultsOf(withAddress(before, 'd', { tags: [S, B], isDefault: true }))).toEqual(['d']);
  });

  it('passes the role to the next with that tag if it is deleted or loses the tag [W-20]', () => {
    const before = [
      anAddress('a', [S, B], true),
      anAddress('b', [B]),
      anAddress('c', [S]),
      anAddress('d', [S]),
    ];
    expect(defaultsOf(withoutAddress(before, 'a'))).toEqual(['b', 'c']);
    expect(defaultsOf(withoutTags(before, 'a', [S]))).toEqual(['a', 'c']);
  });

  it('passes the role on if it gives it up, unless it is the only one with its tag', () => {
    const before = [anAddress('a', [S], true), anAddress('b', [S]), anAddress('c', [B], true)];
    expect(defaultsOf(withChangedAddress(before, 'a', { isDefault: false }))).toEqual(['b', 'c']);
    expect(defaultsOf(withChangedAddress(before, 'c', { isDefault: false }))).toEqual(['a', 'c']);
  });

  it('never loses the role merely because another address gets its tag', () => {
    const before = [anAddress('a', [S], true), anAddress('b', [B], true), anAddress('c', [B])];
    expect(defaultsOf(withTags(before, 'b', [S]))).toEqual(['a', 'c']);
  });

  it('of addresses without tags is the first of them', () => {
    const before = withAddress(withAddress([], 'a', {}), 'b', { tags: [S] });
    expect(defaultsOf(withAddress(before, 'c', {}))).toEqual(['a', 'b']);
  });

  it('in the profile is the one for shipping, else for billing, else any', () => {
    const all = [anAddress('x', [], true), anAddress('b', [B], true), anAddress('s', [S], true)];
    expect(defaultAddressOf(all)?.id).toBe('s');
    expect(defaultAddressOf(all.slice(0, 2))?.id).toBe('b');
    expect(defaultAddressOf(all.slice(0, 1))?.id).toBe('x');
    expect(defaultAddressOf([anAddress('n', [S])])).toBeUndefined();
  });

  it('is at most one per tag, and every address has a default to share a tag with, whatever happens', () => {
    const tags = fc.subarray([S, B, 'OFFICE']);
    const wish = fc.option(fc.boolean(), { nil: undefined });
    const id = fc.integer({ min: 0, max: 5 }).map(String);
    const step = fc.oneof(
      fc.tuple(tags, wish).map(
        ([t, isDefault]) =>
          (all: readonly Address[], n: number) =>
            withAddress(all, `new ${n}`, { tags: t, isDefault }),
      ),
      fc.tuple(id, tags, wish).map(
        ([i, t, isDefault]) =>
          (all: readonly Address[]) =>
            withChangedAddress(all, all[Number(i)]?.id ?? '', { tags: t, isDefault }),
      ),
      id.map((i) => (all: readonly Address[]) => withoutAddress(all, all[Number(i)]?.id ?? '')),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const addresses = steps.reduce<readonly Address[]>((all, next, n) => next(all, n), []);
        const groups = (a: Address) => (a.tags.length === 0 ? ['none'] : a.tags);
        const taken = addresses.filter((a) => a.isDefault).flatMap(groups);
        expect(new Set(taken).size).toBe(taken.length);
        for (const a of addresses) expect(a.isDefault || groups(a).some((g) => taken.includes(g))).toBe(true);
      }),
    );
  });
});

describe('An address', () => {
  it('keeps what a change leaves out and loses what is null', () => {
    const before = withAddress([], 'a', {
      city: 'Berlin',
      street: 'Graben',
      tags: [S],
      mixins: { a: 1, n: null },
    });
    expect(before[0]?.mixins).toEqual({ a: 1, n: null });
    const [after] = withChangedAddress(before, 'a', { street: null, zipCode: '10557', mixins: { b: 2 } });
    expect(after).toStrictEqual({
      id: 'a',
      city: 'Berlin',
      zipCode: '10557',
      tags: [S],
      isDefault: true,
      mixins: { a: 1, n: null, b: 2 },
    });
  });

  it('keeps the URLs of its mixins’ schemas', () => {
    const given: AddressChanges = { metadata: { mixins: { floor: 'https://example.com/floor.json' } } };
    expect(withAddress([], 'a', given)[0]?.mixinSchemas).toEqual({ floor: 'https://example.com/floor.json' });
  });

  it('has each tag only once', () => {
    const before = withAddress([], 'a', { tags: [S, S] });
    expect(withTags(before, 'a', [B, S])[0]?.tags).toEqual([S, B]);
    expect(withChangedAddress(before, 'a', { tags: null })[0]?.tags).toEqual([]);
  });

  it('is refused if ISO 3166-1 does not know its country, and the refusal names the field [W-45]', () => {
    expect(addressProblems({ country: 'DE' })).toEqual([]);
    expect(addressProblems({ country: null })).toEqual([]);
    for (const country of ['ZZ', 'de', 'DEU', '']) {
      expect(addressProblems({ country }, 'customerAddress.')).toMatchObject([
        { field: 'customerAddress.country' },
      ]);
    }
  });

  it('is refused if there are already a hundred', () => {
    const full = Array.from({ length: MOST_ADDRESSES }, (_, i) => anAddress(`a${i}`, []));
    expect(() => withAddress(full, 'one more', {})).toThrow(InvalidInput);
  });

  it('is refused with more than twenty tags, even if they are added one by one', () => {
    const many = Array.from({ length: 20 }, (_, i) => `tag ${i}`);
    const before = withAddress([], 'a', { tags: many });
    expect(() => withTags(before, 'a', ['one more'])).toThrow(InvalidInput);
  });
});
