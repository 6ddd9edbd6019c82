import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TenantDeletionService } from '../../../src/tenant-admin/index.js';
import { Ctl } from '../../support/programs/ctl.js';
import { aNewTenant } from '../../support/people/new-tenant.js';
import { openShop, OPERATOR_SECRET, type Shop } from '../../support/shop.js';

describe('An operator at the command line', () => {
  let shop: Shop;
  let ctl: Ctl;
  let folder: string;
  beforeAll(async () => {
    shop = await openShop();
    ctl = Ctl.build({ ONESESSION_URL: shop.url, OPERATOR_SECRET });
    folder = mkdtempSync(join(tmpdir(), 'onesession-ctl-'));
  });
  afterAll(async () => {
    ctl.remove();
    rmSync(folder, { recursive: true });
    await shop.close();
  });

  const file = (content: unknown): string => {
    const path = join(folder, 'content.json');
    writeFileSync(path, JSON.stringify(content));
    return path;
  };

  it('lists the tenants', async () => {
    expect(await ctl.prints(['tenants', 'list'])).toMatch(
      /^NAME +ON +VERSION +CREATED\n(?:(?:acme|globex) .*\n){2}$/,
    );
    const { items } = await ctl.json(['tenants', 'list'], 'TenantListDto');
    expect(items.map(({ name }: { name: string }) => name).toSorted()).toEqual(['acme', 'globex']);
    const first = await ctl.json(['tenants', 'list', '--limit', '1'], 'TenantListDto');
    const rest = await ctl.json(['tenants', 'list', '--cursor', first.next], 'TenantListDto');
    expect([...first.items, ...rest.items]).toEqual(items);
    expect(await ctl.prints(['tenants', 'list', '--limit', '1'])).toContain(`--cursor ${first.next}`);
  });

  it('creates one from a file or from standard input, and reads it', async () => {
    const created = await ctl.json(
      ['tenants', 'create', 'newshop', '--file', file(aNewTenant('newshop')), '--reason', 'a new customer'],
      'WholeTenantDto',
    );
    expect(created).toMatchObject({ name: 'newshop', enabled: true });
    expect(await ctl.json(['tenants', 'show', 'newshop'], 'WholeTenantDto')).toEqual(created);
    expect(await ctl.prints(['tenants', 'show', 'newshop'])).toMatch(
      /^Clients +newshop-backend, newshop-storefront$/m,
    );
    const input = JSON.stringify({ settings: { cartAtLogin: 'merge' } });
    const second = await ctl.json(['tenants', 'create', 'second', '--file', '-'], 'WholeTenantDto', {
      input,
    });
    expect(second.settings).toEqual({ cartAtLogin: 'merge' });
    const { lines } = await shop.storage.audit.list('newshop', { action: 'tenant.create', limit: 1 });
    expect(lines).toMatchObject([{ actor: { kind: 'operator' }, reason: 'a new customer' }]);
  });

  it('changes settings, and switches it off and on, without knowing its version', async () => {
    const change = file({ settings: { anonymousLifetimeSeconds: null, cartAtLogin: 'merge' } });
    const changed = await ctl.json(['tenants', 'change', 'newshop', '--file', change], 'ChangedTenantDto');
    expect(changed.settings).toEqual({ cartAtLogin: 'merge', vtex: { crossSiteCookies: true } });
    expect(await ctl.json(['tenants', 'off', 'newshop'], 'ChangedTenantDto')).toMatchObject({
      enabled: false,
    });
    expect(await ctl.prints(['tenants', 'on', 'newshop'])).toMatch(/^Switched on +yes$/m);
  });

  it('deletes one, asking first, and sees how far that is', async () => {
    expect(await ctl.fails(['tenants', 'delete', 'second'], 6)).toContain('Add --yes');
    const deleting = ctl.run(['tenants', 'delete', 'second', '--yes', '--reason', 'closed']);
    // Requests in flight may still write for a minute.
    const pass = async (): Promise<void> => {
      shop.clock.advanceSeconds(5);
      await shop.app.get(TenantDeletionService).sweep();
    };
    const passes = setInterval(() => void pass(), 100);
    const finished = deleting.finally(() => clearInterval(passes));
    const { code, out, told } = await finished;
    expect({ code, told }).toEqual({ code: 0, told: expect.stringContaining('takes a minute or two') });
    expect(out).toMatch(/^second is deleted: \d+ records were removed\n$/);
    await ctl.fails(['tenants', 'show', 'second'], 5);
    const { job } = await ctl.json(
      ['tenants', 'delete', 'newshop', '--yes', '--no-wait'],
      'StartedDeletionDto',
    );
    expect(job).toEqual(expect.any(String));
  });

  it('is told what was refused, and by which exit code', async () => {
    expect(await ctl.fails(['tenants', 'show', 'nobody'], 5)).toBe("There is no tenant 'nobody'\n");
    expect(await ctl.fails(['tenants', 'off', 'nobody'], 5)).toContain('nobody');
    expect(await ctl.fails(['tenants', 'delete', 'nobody', '--yes'], 5)).toContain('nobody');
    expect(await ctl.fails(['tenants', 'create', 'acme'], 1)).toContain("there is a tenant 'acme' already");
    expect(await ctl.fails(['tenants', 'change', 'acme', '--file', file({ colour: 'red' })], 1)).toContain(
      'colour',
    );
    expect(await ctl.fails(['tenants', 'create', 'third', '--file', join(folder, 'none.json')], 2)).toContain(
      "can't be read",
    );
    expect(await ctl.fails(['tenants', 'create', 'third', '--file', file([])], 2)).toContain(
      'one JSON object',
    );
  });

  it('needs the right secret, and a service that answers', async () => {
    expect(await ctl.with({ OPERATOR_SECRET: '' }).fails(['tenants', 'list'], 2)).toContain(
      'Set OPERATOR_SECRET',
    );
    const stranger = ctl.with({ OPERATOR_SECRET: 'not the secret of the operator at all' });
    expect(await stranger.fails(['tenants', 'list'], 4)).toContain('OPERATOR_SECRET must be the one');
    const nobody = ctl.with({ ONESESSION_URL: 'http://127.0.0.1:2' });
    expect(await nobody.fails(['tenants', 'list'], 3)).toMatch(
      /^No service answers at http:\/\/127\.0\.0\.1:2 \(nothing listens there, ECONNREFUSED\)/,
    );
  });
});
