import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ctl } from '../../support/programs/ctl.js';
import { openShop, type Shop } from '../../support/shop.js';
import { SigningClient } from '../../support/people/signing-client.js';

describe('A tenant looks after its clients at the command line', () => {
  let shop: Shop;
  let ctl: Ctl;
  beforeAll(async () => {
    shop = await openShop();
    ctl = Ctl.ofBackend(shop.url);
  });
  afterAll(async () => {
    ctl.remove();
    await shop.close();
  });

  it('and lists and shows them', async () => {
    const { items } = await ctl.json(['clients', 'list']);
    expect(items.map(({ clientId }: { clientId: string }) => clientId)).toEqual(
      expect.arrayContaining(['acme-backend', 'acme-storefront']),
    );
    expect(await ctl.prints(['clients', 'list'])).toMatch(/^acme-storefront +storefront +yes +-$/m);
    const one = await ctl.json(['clients', 'show', 'acme-readonly'], 'ClientDto');
    expect(one).toEqual(items.find(({ clientId }: { clientId: string }) => clientId === 'acme-readonly'));
    expect(await ctl.prints(['clients', 'show', 'acme-readonly'])).toMatch(/^Scopes +site\.site_read$/m);
  });

  it('and creates them: the secret is shown once, and works', async () => {
    const words = ['clients', 'create', 'acme-export', '--name', 'Export', '--scope', 'site.site_read'];
    const created = await ctl.json(words, 'NewSecretDto');
    expect(created).toMatchObject({ kind: 'backend', name: 'Export', scopes: ['site.site_read'] });
    await shop.service('acme-export', created.secret);
    expect(await ctl.prints(['clients', 'show', 'acme-export'])).not.toContain('Secret');
    const app = await ctl.json(['clients', 'create', 'acme-app', '--kind', 'storefront'], 'NewSecretDto');
    expect(app).not.toHaveProperty('secret');
  });

  it('and changes them, without knowing their version', async () => {
    const words = ['clients', 'change', 'acme-export', '--scope', 'site.site_read', 'price.price_read'];
    expect(await ctl.json([...words, '--reason', 'prices too'], 'ClientDto')).toMatchObject({
      scopes: ['site.site_read', 'price.price_read'],
    });
    expect(await ctl.json(['clients', 'change', 'acme-export', '--off'], 'ClientDto')).toMatchObject({
      enabled: false,
    });
    expect(await ctl.prints(['clients', 'change', 'acme-export', '--on'])).toMatch(/^Switched on +yes$/m);
    const { lines } = await shop.storage.audit.list('acme', { action: 'client.change', limit: 3 });
    expect(lines.at(-1)).toMatchObject({ reason: 'prices too' });
  });

  it('and gives a backend a new secret, beside the old one or instead of it', async () => {
    const first = await ctl.json(['clients', 'rotate-secret', 'acme-export'], 'NewSecretDto');
    expect(first.earlierSecretsEndAt).toHaveLength(1);
    const second = await ctl.json(
      ['clients', 'rotate-secret', 'acme-export', '--overlap', '0'],
      'NewSecretDto',
    );
    await shop.service('acme-export', second.secret);
    await ctl
      .with({ ONESESSION_CLIENT_ID: 'acme-export', ONESESSION_CLIENT_SECRET: first.secret })
      .fails(['clients', 'list'], 4);
  });

  it('and gives them keys in place of a secret', async () => {
    const { publicJwk } = await SigningClient.of('acme-export', 'http://onesession.test', () => 0);
    const file = join(mkdtempSync(join(tmpdir(), 'onesession-keys-')), 'jwks.json');
    writeFileSync(file, JSON.stringify({ keys: [publicJwk] }));
    const changed = await ctl.json(['clients', 'change', 'acme-export', '--jwks', file], 'ClientDto');
    expect(changed).toMatchObject({ jwks: { keys: [publicJwk] }, hasSecret: true });
    expect(await ctl.json(['clients', 'remove-secret', 'acme-export'], 'ClientDto')).toMatchObject({
      hasSecret: false,
    });
    const uri = 'https://feed.example/jwks.json';
    const words = ['clients', 'create', 'acme-feed', '--scope', 'site.site_read', '--jwks-uri', uri];
    expect(await ctl.json(words, 'NewSecretDto')).toMatchObject({ jwksUri: uri, hasSecret: false });
    rmSync(dirname(file), { recursive: true });
  });

  it('and deletes them, asking first', async () => {
    expect(await ctl.fails(['clients', 'delete', 'acme-export'], 6)).toContain('Add --yes');
    expect(await ctl.json(['clients', 'delete', 'acme-export', '--yes'])).toEqual({ deleted: 'acme-export' });
    expect(await ctl.fails(['clients', 'show', 'acme-export'], 5)).toContain('acme-export');
    await ctl.fails(['clients', 'delete', 'acme-export', '--yes'], 5);
    await ctl.fails(['clients', 'rotate-secret', 'acme-export'], 5);
  });

  it('and is told what was wrong', async () => {
    expect(await ctl.fails(['clients', 'change', 'acme-app'], 2)).toContain('Say what to change');
    expect(await ctl.fails(['clients', 'create', 'acme-app', '--kind', 'storefront'], 1)).toContain(
      'acme-app',
    );
    expect(await ctl.fails(['clients', 'create', 'acme-x', '--scope', 'all.of_it'], 1)).toContain('scopes');
    const reader = {
      ONESESSION_CLIENT_ID: 'acme-readonly',
      ONESESSION_CLIENT_SECRET: 'acme-readonly-secret',
    };
    expect(await ctl.with(reader).fails(['clients', 'list'], 4)).toContain('client.client_manage');
    expect(await ctl.with({ ONESESSION_CLIENT_SECRET: '' }).fails(['clients', 'list'], 2)).toContain(
      'Set ONESESSION_CLIENT_ID',
    );
    await ctl.with({ ONESESSION_CLIENT_SECRET: 'wrong' }).fails(['clients', 'list'], 4);
    await ctl.with({ ONESESSION_URL: 'http://127.0.0.1:2' }).fails(['clients', 'list'], 3);
    for (const words of [
      ['clients', 'rotate-secret', 'acme-app', '--overlap', 'soon'],
      ['clients', 'change', 'acme-app', '--on', '--off'],
      ['clients', 'create', 'acme-x', '--kind', 'robot'],
    ]) {
      const { code, out, told } = await ctl.run(words);
      expect({ code, out }, words.join(' ')).toEqual({ code: 2, out: '' });
      expect(told).toContain('Add --help');
    }
  });
});
