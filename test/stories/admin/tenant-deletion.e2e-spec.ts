import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BootstrapService, readBootstrap } from '../../../src/bootstrap/index.js';
import { readConfig } from '../../../src/config/config.schema.js';
import { TenantDeletionService } from '../../../src/tenant-admin/index.js';
import { type FreshStorage, openStorage } from '../../support/store/drivers.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { aNewTenant } from '../../support/people/new-tenant.js';
import { openShop, type Shop } from '../../support/shop.js';

const TENANTS = '/admin/tenants';
const MARKS = ['carla@newshop.test', 'Marked site', 'marked-attribute', 'newshop-storefront'];

describe('A tenant is deleted', () => {
  let opened: FreshStorage;
  let shop: Shop;
  let operator: ServiceUser;
  let job: string;
  beforeAll(async () => {
    opened = await openStorage();
    shop = await openShop({ opened });
    operator = await shop.operator();
  });
  afterAll(() => shop.close());

  const newshop = aNewTenant('newshop');
  const sites = newshop.sites.map((site) => ({ ...site, name: 'Marked site' }));
  const named = async () => {
    const content = await opened.content();
    return MARKS.filter((mark) => content.includes(mark));
  };
  const sweep = () => shop.app.get(TenantDeletionService).sweep();
  const stateOf = async (of = job) => (await operator.get(`${TENANTS}/jobs/${of}`).expect(200)).body.state;

  const fill = async (): Promise<void> => {
    await operator.post(TENANTS, { ...newshop, sites }).expect(201);
    const visitor = await shop.visitor({ tenant: 'newshop' });
    await visitor.post('/cart/newshop/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    const attribute = { key: 'note', value: 'marked-attribute' };
    await visitor.post('/session-context/newshop/me/context/attributes', attribute).expect(201);
    await visitor.logIn('carla@newshop.test', 'carla-Password-2026');
    await shop.http.post('/api/sessions?an=newshop', {}).expect(201);
  };

  it('only by its name once more', async () => {
    await fill();
    expect(await named()).toEqual(MARKS);
    for (const body of [{ confirm: 'acme' }, { confirm: '' }, {}, undefined]) {
      await operator
        .delete(`${TENANTS}/newshop`, body)
        .expect(400)
        .expect('content-type', /^application\/problem\+json/);
    }
    await operator.delete(`${TENANTS}/nobody`, { confirm: 'nobody' }).expect(404);
    await shop.visitor({ tenant: 'newshop' });
  });

  it('at once for everybody, and in the background for the store', async () => {
    const { body, headers } = await operator.delete(`${TENANTS}/newshop`, { confirm: 'newshop' }).expect(202);
    job = body.job;
    expect(headers.location).toBe(`${TENANTS}/jobs/${job}`);
    expect((await operator.delete(`${TENANTS}/newshop`, { confirm: 'newshop' }).expect(202)).body).toEqual({
      job,
    });
    const login = '/customerlogin/auth/anonymous/login?tenant=newshop&client_id=newshop-storefront';
    await shop.http.get(login).expect(401);
    await shop.http.post('/api/sessions?an=newshop', {}).expect(404);
    expect(await stateOf()).toBe('running');
    await operator.get(`${TENANTS}/jobs/${newshop.name}`).expect(404);
  });

  it('so that it can neither be switched on nor be made anew until that is done', async () => {
    const { body } = await operator.get(`${TENANTS}/newshop`).expect(200);
    expect(body.enabled).toBe(false);
    const change = { enabled: true, metadata: body.metadata };
    await operator.patch(`${TENANTS}/newshop`, { ...change, metadata: { version: 2 } }).expect(409);
    await operator.post(TENANTS, newshop).expect(409);
  });

  it('with what requests in flight have written since, and then nothing of it is left', async () => {
    await sweep();
    const late = { code: 'LATE', percent: 1, stackable: false, tenant: 'newshop' };
    await shop.storage.discounts.create(late);
    shop.clock.advanceSeconds(61);
    operator = await shop.operator();
    await sweep();
    expect(await stateOf()).toBe('done');
    const { body } = await operator.get(`${TENANTS}/jobs/${job}`).expect(200);
    expect(body).toMatchObject({ job, tenant: 'newshop', state: 'done', finishedAt: expect.any(String) });
    expect(body.done).toBeGreaterThan(10);
    await operator.get(`${TENANTS}/newshop`).expect(404);
    expect(
      [...(await shop.storage.tenantRecords.count('newshop')).values()].every((left) => left === 0),
    ).toBe(true);
    expect(await named()).toEqual([]);
    // Another tenant has all that it had.
    const visitor = await shop.visitor();
    await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
  });

  it('and the bootstrap file does not bring it back, and says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'onesession-deleted-'));
    const file = join(folder, 'declared.json');
    writeFileSync(file, JSON.stringify({ tenants: [newshop] }));
    const warn = vi.spyOn(Logger.prototype, 'warn');
    await shop.app.get(BootstrapService).load(await readBootstrap(readConfig({ BOOTSTRAP_FILE: file })));
    const warnings = warn.mock.calls.map(([line]) => String(line));
    warn.mockRestore();
    rmSync(folder, { recursive: true });
    expect(warnings).toEqual([expect.stringMatching(/^BOOTSTRAP_FILE: tenant newshop was deleted on 20/)]);
    await operator.get(`${TENANTS}/newshop`).expect(404);
  });

  it('until the operator creates it anew, empty', async () => {
    await operator.post(TENANTS, { name: 'newshop' }).expect(201);
    const { body } = await operator.get(`${TENANTS}/newshop`).expect(200);
    expect(body).toMatchObject({ clients: [], sites: [], enabled: true });
    await operator.get(`${TENANTS}/jobs/${job}`).expect(404);
    shop.clock.advanceSeconds(61);
    await sweep();
    operator = await shop.operator();
    await operator.get(`${TENANTS}/newshop`).expect(200);
  });

  it('also if the service stops half-way, and another one goes on', async () => {
    const tenant = aNewTenant('other1');
    await operator.post(TENANTS, tenant).expect(201);
    const pulled = vi
      .spyOn(shop.storage.tenantRecords, 'removeSome')
      .mockRejectedValue(new Error('the plug was pulled'));
    const { body } = await operator.delete(`${TENANTS}/other1`, { confirm: 'other1' }).expect(202);
    await expect(sweep()).rejects.toThrow('the plug was pulled');
    pulled.mockRestore();
    const second = await shop.secondInstance();
    const deletions = second.app.get(TenantDeletionService);
    await deletions.sweep();
    shop.clock.advanceSeconds(61);
    await deletions.sweep();
    operator = await shop.operator();
    expect(await stateOf(body.job)).toBe('done');
    await operator.get(`${TENANTS}/other1`).expect(404);
    await second.close();
  });
});
