import { expect, it } from 'vitest';
import type { PriceModelRepository } from '../../src/price/price-model.repository.js';
import type { PriceModel } from '../../src/price/price-model.types.js';
import { newId } from '../../src/shared/ids.js';
import { aPriceModel } from '../support/data/builders.js';

const newTenant = (): string => `t${newId().slice(0, 12)}`;

/** What every adapter promises for price models. One `describe` per driver calls this; see contracts.spec.ts. */
export function priceModelContract(models: () => PriceModelRepository): void {
  it('lists none for a tenant without any', async () => {
    expect(await models().list(newTenant())).toEqual([]);
  });

  it('lists them as they were written, in that order, only to their tenant', async () => {
    const tenant = newTenant();
    const full = aPriceModel({
      tenant,
      id: 'b',
      name: { de: 'Je 100 g', en: 'Per 100 g' },
      description: { en: 'Sold by weight' },
      measurementUnit: { quantity: 0.1, unitCode: 'kg' },
      tierType: 'VOLUME',
      tiers: [
        { id: '1', minQuantity: { quantity: 0, unitCode: 'kg' } },
        { id: '2', minQuantity: { quantity: 0.5, unitCode: 'kg' } },
      ],
    });
    const written = [full, aPriceModel({ tenant, id: 'a' })];
    await models().change(tenant, () => written);
    expect(await models().list(tenant)).toEqual(written);
    expect(await models().list(newTenant())).toEqual([]);
    await models().change(tenant, ([first]) => (first ? [first] : []));
    expect(await models().list(tenant)).toEqual([full]);
  });

  it('loses none of twenty concurrent changes', async () => {
    const tenant = newTenant();
    const add = (_: unknown, i: number) =>
      models().change(tenant, (current) => [...current, aPriceModel({ tenant, id: `m${i}` })]);
    await Promise.all(Array.from({ length: 20 }, add));
    expect(new Set((await models().list(tenant)).map(({ id }) => id)).size).toBe(20);
  });

  it('writes nothing if the decision throws, and passes the error on', async () => {
    const tenant = newTenant();
    const refuse = (): readonly PriceModel[] => {
      throw new RangeError('no');
    };
    await expect(models().change(tenant, refuse)).rejects.toThrow(RangeError);
    expect(await models().list(tenant)).toEqual([]);
  });

  it('writes nothing if the given list is returned', async () => {
    const tenant = newTenant();
    await models().change(tenant, (current) => current);
    expect(await models().list(tenant)).toEqual([]);
  });
}
