import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { ClientRepository } from '../../src/oauth/client.repository.js';
import type { Client } from '../../src/oauth/client.types.js';
import type { Listing } from '../../src/shared/filter/filter.types.js';
import { newId } from '../../src/shared/ids.js';

const aClient = (over: Partial<Client> = {}): Client => ({
  clientId: `client-${randomBytes(6).toString('hex')}`,
  tenant: 'acme',
  kind: 'backend',
  name: 'Export',
  enabled: true,
  secrets: [{ hash: 'bmV3' }, { hash: 'b2xk', endsAt: new Date('2026-01-15T13:00:00.123Z') }],
  scopes: ['site.site_read', 'site.site_manage'],
  epoch: 'first',
  createdAt: new Date('2026-01-15T12:00:00.000Z'),
  modifiedAt: new Date('2026-01-15T12:00:00.000Z'),
  version: 1,
  ...over,
});

/** What every adapter promises for OAuth clients. One `describe` per driver calls this; see contracts.spec.ts. */
export function clientContract(clients: () => ClientRepository): void {
  it('does not find a client that nobody created, however unusual its id', async () => {
    for (const id of ['nobody', '', '__proto__', 'a.b', '$ne', '../x', 'é🎉', 'x'.repeat(5000)]) {
      expect(await clients().find(id)).toBeUndefined();
    }
  });

  it('returns a client as it was created, a storefront without a secret', async () => {
    const backend = aClient();
    const { name: _none, ...parts } = aClient();
    const storefront: Client = { ...parts, kind: 'storefront', secrets: [], scopes: [] };
    expect(await clients().create(backend)).toBe(true);
    expect(await clients().create(storefront)).toBe(true);
    expect(await clients().find(backend.clientId)).toEqual(backend);
    expect(await clients().find(storefront.clientId)).toEqual(storefront);
  });

  it('finds a client only by its exact id', async () => {
    const { clientId } = aClient({ clientId: `Client-${randomBytes(6).toString('hex')}` });
    await clients().create(aClient({ clientId }));
    expect(await clients().find(clientId.toLowerCase())).toBeUndefined();
    expect(await clients().find(clientId.slice(0, -1))).toBeUndefined();
    expect(await clients().find(`${clientId} `)).toBeUndefined();
  });

  it('accepts an id once across all tenants [C-03]', async () => {
    const first = aClient();
    await clients().create(first);
    expect(await clients().create({ ...first, tenant: 'globex', secrets: [] })).toBe(false);
    expect(await clients().find(first.clientId)).toEqual(first);
  });

  it('lets one of twenty concurrent creates win, and tells the others [C-03]', async () => {
    const { clientId } = aClient();
    const create = (_: unknown, i: number) => clients().create(aClient({ clientId, tenant: `tenant${i}` }));
    const won = await Promise.all(Array.from({ length: 20 }, create));
    expect(won.filter((created) => created)).toHaveLength(1);
    expect((await clients().find(clientId))?.tenant).toBe(`tenant${won.indexOf(true)}`);
  });

  it('changes a client only for its tenant, and returns what it wrote', async () => {
    const one = aClient();
    await clients().create(one);
    const next: Client = { ...one, enabled: false, secrets: [{ hash: 'bmV4dA' }], version: 2 };
    const unreachable = () => expect.unreachable();
    expect(await clients().change('globex', one.clientId, unreachable)).toBeUndefined();
    expect(await clients().change('acme', 'nobody', unreachable)).toBeUndefined();
    expect(await clients().change('acme', one.clientId, () => next)).toEqual(next);
    expect(await clients().find(one.clientId)).toEqual(next);
    expect(await clients().change('acme', one.clientId, (current) => current)).toEqual(next);
  });

  it('loses none of twenty concurrent changes, and passes on what a decision throws', async () => {
    const one = aClient({ version: 0 });
    await clients().create(one);
    const raise = () =>
      clients().change('acme', one.clientId, (current) => ({ ...current, version: current.version + 1 }));
    await Promise.all(Array.from({ length: 20 }, raise));
    expect((await clients().find(one.clientId))?.version).toBe(20);
    const refused = clients().change('acme', one.clientId, () => {
      throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    expect((await clients().find(one.clientId))?.version).toBe(20);
  });

  it('removes a client only for its tenant, and only once, which frees its id', async () => {
    const one = aClient();
    await clients().create(one);
    expect(await clients().remove('globex', one.clientId)).toBe(false);
    expect(await clients().remove('acme', one.clientId)).toBe(true);
    expect(await clients().remove('acme', one.clientId)).toBe(false);
    expect(await clients().find(one.clientId)).toBeUndefined();
    expect(await clients().create({ ...one, tenant: 'globex' })).toBe(true);
    expect((await clients().find(one.clientId))?.tenant).toBe('globex');
  });

  it('lists the clients of one tenant by id, in pages, with a total on request', async () => {
    const tenant = `t${newId().slice(0, 12)}`;
    const ids = ['c', 'a', 'b'].map((id) => `${tenant}-${id}`);
    for (const clientId of ids) await clients().create(aClient({ tenant, clientId }));
    const page = (over: Partial<Listing>) =>
      clients().list(tenant, {
        filter: [],
        order: { path: 'clientId', descending: false },
        skip: 0,
        limit: 2,
        counted: false,
        ...over,
      });
    const idsOf = async (over: Partial<Listing>) => (await page(over)).rows.map(({ clientId }) => clientId);
    expect(await idsOf({})).toEqual([`${tenant}-a`, `${tenant}-b`]);
    expect(await idsOf({ skip: 2 })).toEqual([`${tenant}-c`]);
    expect(await idsOf({ order: { path: 'clientId', descending: true }, limit: 1 })).toEqual([`${tenant}-c`]);
    expect(await page({ counted: true, limit: 1 })).toEqual({
      rows: [aClient({ tenant, clientId: `${tenant}-a` })],
      total: 3,
    });
  });
}
