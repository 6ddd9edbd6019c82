import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DiscountRepository } from '../../src/discount/discount.repository.js';
import type { DiscountCode } from '../../src/discount/discount.types.js';
import type { Listing } from '../../src/shared/filter/filter.types.js';

const newTenant = (): string => `t${randomBytes(6).toString('hex')}`;

const aDiscount = (over: Partial<DiscountCode> & Pick<DiscountCode, 'tenant'>): DiscountCode => ({
  code: 'TENTH',
  percent: 10,
  stackable: true,
  ...over,
});

const byCode = (over: Partial<Listing> = {}): Listing => ({
  filter: [],
  order: { path: 'code', descending: false },
  skip: 0,
  limit: 100,
  counted: true,
  ...over,
});

/** What every adapter promises for discount codes. One `describe` per driver calls this; see contracts.spec.ts. */
export function discountContract(discounts: () => DiscountRepository): void {
  it('returns a code as it was written, with every field', async () => {
    const tenant = newTenant();
    const whole: DiscountCode = {
      tenant,
      code: 'FIVE',
      name: 'Five off',
      amount: 5,
      currency: 'EUR',
      siteCodes: ['main', 'us'],
      from: new Date('2026-01-15T12:00:00.000Z'),
      to: new Date('2026-02-15T12:00:00.000Z'),
      minimumOrderValue: 49.99,
      stackable: false,
    };
    expect(await discounts().create(whole)).toBe(true);
    expect(await discounts().findAll(tenant, ['FIVE'])).toEqual([whole]);
    expect((await discounts().list(tenant, byCode())).rows).toEqual([whole]);
  });

  it('finds the existing ones, each once, and nothing of another tenant', async () => {
    const tenant = newTenant();
    for (const code of ['A', 'B', 'C']) await discounts().create(aDiscount({ tenant, code }));
    await discounts().create(aDiscount({ tenant: `${tenant}x`, code: 'D' }));
    const found = await discounts().findAll(tenant, ['C', 'D', 'A', 'A', 'a', 'x'.repeat(5000)]);
    expect(found.map(({ code }) => code).toSorted()).toEqual(['A', 'C']);
    expect(await discounts().findAll(tenant, [])).toEqual([]);
  });

  it('lets one of twenty concurrent creates of a code win, and tells the others', async () => {
    const tenant = newTenant();
    const create = (_: unknown, i: number) => discounts().create(aDiscount({ tenant, name: `Writer ${i}` }));
    const won = await Promise.all(Array.from({ length: 20 }, create));
    expect(won.filter((created) => created)).toHaveLength(1);
    expect(await discounts().findAll(tenant, ['TENTH'])).toMatchObject([
      { name: `Writer ${won.indexOf(true)}` },
    ]);
  });

  it('creates or replaces a whole code, even if several calls do so at the same time', async () => {
    const tenant = newTenant();
    await Promise.all(
      Array.from({ length: 10 }, (_, i) => discounts().put(aDiscount({ tenant, name: `Writer ${i}` }))),
    );
    expect(await discounts().findAll(tenant, ['TENTH'])).toHaveLength(1);
    const next = aDiscount({ tenant, percent: 20 });
    await discounts().put(next);
    expect(await discounts().findAll(tenant, ['TENTH'])).toEqual([next]);
  });

  it('removes a code only once', async () => {
    const tenant = newTenant();
    await discounts().create(aDiscount({ tenant }));
    const removed = await Promise.all([1, 2, 3].map(() => discounts().remove(tenant, 'TENTH')));
    expect(removed.filter((gone) => gone)).toHaveLength(1);
    expect(await discounts().findAll(tenant, ['TENTH'])).toEqual([]);
  });

  describe('a list', () => {
    it('contains the codes of one tenant, in alphabetical order, in pages, with a total on request', async () => {
      const tenant = newTenant();
      for (const code of ['C', 'A', 'D', 'B']) await discounts().create(aDiscount({ tenant, code }));
      await discounts().create(aDiscount({ tenant: `${tenant}x`, code: 'X' }));
      const codesOf = async (listing: Listing) => {
        const { rows, total } = await discounts().list(tenant, listing);
        return [rows.map(({ code }) => code).join(''), total];
      };
      expect(await codesOf(byCode())).toEqual(['ABCD', 4]);
      expect(await codesOf(byCode({ skip: 1, limit: 2 }))).toEqual(['BC', 4]);
      expect(await codesOf(byCode({ order: { path: 'code', descending: true }, counted: false }))).toEqual([
        'DCBA',
        undefined,
      ]);
      expect(await codesOf(byCode({ filter: [{ op: 'gt', path: 'code', value: 'B' }] }))).toEqual(['CD', 2]);
    });
  });
}
