import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { VtexSettingsRepository } from '../../src/vtex-settings/vtex-settings.repository.js';
import type { VtexSettings } from '../../src/vtex-settings/vtex-settings.types.js';

const newTenant = (): string => `t${randomBytes(6).toString('hex')}`;

const someSettings = (tenant: string): VtexSettings => ({
  tenant,
  version: 7,
  customerGroups: [{ id: 'gold', priceTables: ['gold', 'b2b'], version: 1 }],
  campaigns: [
    {
      id: 'vip',
      rules: [{ utm_campaign: 'black friday' }, { postalCode: { prefix: '05', country: 'BRA' } }],
      version: 2,
    },
  ],
  regions: [
    {
      id: 'sao-paulo',
      country: 'BRA',
      postalCodes: [{ from: '05000000', to: '05999999' }],
      areas: [
        [
          [-46.8, -23.7],
          [-46.4, -0],
          [1e-7, 1.5],
        ],
      ],
      version: 3,
    },
    { id: '$U1c/ j.c2V==', country: 'BRA', postalCodes: [], areas: [], salesChannels: ['main'], version: 4 },
  ],
  sessionApps: [
    {
      id: 'banner',
      name: 'banner',
      url: 'https://apps.test/$where?a.b=1',
      input: { public: ['utm_campaign', 'a.b:c'], constructor: ['toString'] },
      output: { offers: ['banner'] },
      runOnCreate: true,
      order: -1,
      shared: false,
      version: 7,
    },
  ],
  impersonateInstalled: true,
});

/** What every adapter promises for these settings. One `describe` per driver calls this; see contracts.spec.ts. */
export function vtexSettingsContract(settings: () => VtexSettingsRepository): void {
  const counted = (tenant: string, current?: VtexSettings): VtexSettings => ({
    ...(current ?? { ...someSettings(tenant), version: 0 }),
    version: (current?.version ?? 0) + 1,
  });

  it('finds none for a tenant that never set any', async () => {
    expect(await settings().find(newTenant())).toBeUndefined();
  });

  it('decides on nothing the first time, and returns what was written, with every field', async () => {
    const tenant = newTenant();
    const seen: unknown[] = [];
    const written = await settings().change(tenant, (current) => {
      seen.push(current);
      return someSettings(tenant);
    });
    expect(seen).toEqual([undefined]);
    expect(written).toEqual(someSettings(tenant));
    expect(await settings().find(tenant)).toEqual(someSettings(tenant));
  });

  it('decides on what is stored from then on, and writes nothing if that record is returned', async () => {
    const tenant = newTenant();
    await settings().change(tenant, () => someSettings(tenant));
    const same = await settings().change(tenant, (current) => current ?? someSettings(newTenant()));
    expect(same).toEqual(someSettings(tenant));
    await settings().change(tenant, (current) => counted(tenant, current));
    expect((await settings().find(tenant))?.version).toBe(8);
  });

  it('passes on what the decision throws, and writes nothing', async () => {
    const tenant = newTenant();
    await settings().change(tenant, () => someSettings(tenant));
    const refuse = settings().change(tenant, () => {
      throw new RangeError('refused');
    });
    await expect(refuse).rejects.toThrow(RangeError);
    expect(await settings().find(tenant)).toEqual(someSettings(tenant));
  });

  it('loses none of twenty concurrent changes', async () => {
    const tenant = newTenant();
    const change = () => settings().change(tenant, (current) => counted(tenant, current));
    await Promise.all(Array.from({ length: 20 }, change));
    expect((await settings().find(tenant))?.version).toBe(20);
  });

  describe('of two tenants', () => {
    it('keeps them apart', async () => {
      const [one, other] = [newTenant(), newTenant()];
      await settings().change(one, () => someSettings(one));
      await settings().change(other, () => ({ ...someSettings(other), campaigns: [] }));
      expect((await settings().find(one))?.campaigns).toHaveLength(1);
      expect((await settings().find(other))?.campaigns).toEqual([]);
    });
  });
}
