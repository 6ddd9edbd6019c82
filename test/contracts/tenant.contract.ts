import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { TenantRepository } from '../../src/tenant/tenant.repository.js';

const newTenant = (): string => `t${randomBytes(6).toString('hex')}`;

/** What every adapter promises for tenants. One `describe` per driver calls this; see contracts.spec.ts. */
export function tenantContract(tenants: () => TenantRepository): void {
  it('does not find a tenant that nobody created', async () => {
    expect(await tenants().find(newTenant())).toBeUndefined();
  });

  it('returns a tenant with the settings that it was created with, or without any', async () => {
    const set = {
      name: newTenant(),
      settings: { anonymousLifetimeSeconds: 600, anonymousDormantSeconds: 0 },
      passwordRetention: { endsOn: '2027-01-31', remindsOn: '2027-01-24', mails: true },
    };
    const unset = { name: newTenant(), settings: {} };
    expect(await tenants().create(set)).toBe(true);
    expect(await tenants().create(unset)).toBe(true);
    expect(await tenants().find(set.name)).toEqual(set);
    expect(await tenants().find(unset.name)).toEqual(unset);
  });

  it('tells whether there is any tenant [F-42]', async () => {
    await tenants().create({ name: newTenant(), settings: {} });
    expect(await tenants().hasAny()).toBe(true);
  });

  it('names all tenants in order', async () => {
    const made = [newTenant(), newTenant()].toSorted();
    for (const name of made.toReversed()) await tenants().create({ name, settings: {} });
    const names = await tenants().names();
    expect(names.filter((name) => made.includes(name))).toEqual(made);
  });

  it('never overwrites a tenant with the same name', async () => {
    const name = newTenant();
    await tenants().create({ name, settings: { anonymousLifetimeSeconds: 60 } });
    expect(await tenants().create({ name, settings: {} })).toBe(false);
    expect(await tenants().find(name)).toEqual({ name, settings: { anonymousLifetimeSeconds: 60 } });
  });

  it('lets one of twenty concurrent creates win, and tells the others', async () => {
    const name = newTenant();
    const create = (_: unknown, i: number) =>
      tenants().create({ name, settings: { anonymousLifetimeSeconds: i + 1 } });
    const won = await Promise.all(Array.from({ length: 20 }, create));
    expect(won.filter((created) => created)).toHaveLength(1);
    expect((await tenants().find(name))?.settings.anonymousLifetimeSeconds).toBe(won.indexOf(true) + 1);
  });

  it('lists all tenants by name', async () => {
    const one = { name: newTenant(), settings: { doubleOptIn: true }, enabled: false, version: 3 };
    await tenants().create(one);
    const listed = await tenants().list();
    expect(listed).toContainEqual(one);
    const names = listed.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
  });

  it('changes a tenant by a decision on what is stored, and loses none of twenty concurrent changes', async () => {
    const name = newTenant();
    await tenants().create({ name, settings: {} });
    const grow = () =>
      tenants().change(name, (current) => ({ ...current, version: (current.version ?? 1) + 1 }));
    await Promise.all(Array.from({ length: 20 }, grow));
    expect(await tenants().find(name)).toEqual({ name, settings: {}, version: 21 });
  });

  it('writes nothing if the decision throws, and changes no tenant that does not exist', async () => {
    const name = newTenant();
    await tenants().create({ name, settings: {} });
    const refuse = () => {
      throw new Error('no');
    };
    await expect(tenants().change(name, refuse)).rejects.toThrow('no');
    expect(await tenants().find(name)).toEqual({ name, settings: {} });
    expect(await tenants().change(newTenant(), (current) => current)).toBeUndefined();
  });

  it('finds no tenant that was removed, and tells whether there was one', async () => {
    const name = newTenant();
    await tenants().create({ name, settings: {} });
    expect(await tenants().remove(name)).toBe(true);
    expect(await tenants().remove(name)).toBe(false);
    expect(await tenants().find(name)).toBeUndefined();
  });
}
