import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { ClientRepository } from '../../src/oauth/client.repository.js';
import type { Client } from '../../src/oauth/client.types.js';

const aClient = (over: Partial<Client> = {}): Client => ({
  clientId: `client-${randomBytes(6).toString('hex')}`,
  tenant: 'acme',
  kind: 'backend',
  secretHash: 'c2VjcmV0',
  scopes: ['site.site_read', 'site.site_manage'],
  ...over,
});

/** What every adapter promises of OAuth clients. One `describe` per driver calls this; see contracts.spec.ts. */
export function clientContract(clients: () => ClientRepository): void {
  it('does not find a client that nobody created, however odd its id', async () => {
    for (const id of ['nobody', '', '__proto__', 'a.b', '$ne', '../x', 'é🎉', 'x'.repeat(5000)]) {
      expect(await clients().find(id)).toBeUndefined();
    }
  });

  it('returns a client as it was created, a storefront without a secret', async () => {
    const backend = aClient();
    const { secretHash: _none, ...parts } = aClient();
    const storefront: Client = { ...parts, kind: 'storefront', scopes: [] };
    expect(await clients().create(backend)).toBe(true);
    expect(await clients().create(storefront)).toBe(true);
    expect(await clients().find(backend.clientId)).toEqual(backend);
    expect(await clients().find(storefront.clientId)).toEqual(storefront);
  });

  it('finds a client by its very id only', async () => {
    const { clientId } = aClient({ clientId: `Client-${randomBytes(6).toString('hex')}` });
    await clients().create(aClient({ clientId }));
    expect(await clients().find(clientId.toLowerCase())).toBeUndefined();
    expect(await clients().find(clientId.slice(0, -1))).toBeUndefined();
    expect(await clients().find(`${clientId} `)).toBeUndefined();
  });

  it('takes an id once over all tenants [C-03]', async () => {
    const first = aClient();
    await clients().create(first);
    expect(await clients().create({ ...first, tenant: 'globex', secretHash: 'b3RoZXI' })).toBe(false);
    expect(await clients().find(first.clientId)).toEqual(first);
  });

  it('lets one of twenty concurrent creates win, and tells the others [C-03]', async () => {
    const { clientId } = aClient();
    const create = (_: unknown, i: number) => clients().create(aClient({ clientId, tenant: `tenant${i}` }));
    const won = await Promise.all(Array.from({ length: 20 }, create));
    expect(won.filter((created) => created)).toHaveLength(1);
    expect((await clients().find(clientId))?.tenant).toBe(`tenant${won.indexOf(true)}`);
  });
}
