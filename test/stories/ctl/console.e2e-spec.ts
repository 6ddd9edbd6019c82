import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminAddressOf } from '../../../src/http/edge/admin-server.js';
import { Ctl } from '../../support/programs/ctl.js';
import { openShop, type Shop } from '../../support/shop.js';

describe('A link to the console, from the command line', () => {
  let shop: Shop;
  let ctl: Ctl;
  beforeAll(async () => {
    shop = await openShop();
    ctl = Ctl.build({ ONESESSION_URL: shop.url });
  });
  afterAll(async () => {
    ctl.remove();
    await shop.close();
  });

  const support = { ONESESSION_CLIENT_ID: 'acme-support', ONESESSION_CLIENT_SECRET: 'acme-support-secret' };

  it('signs in once, as the client of the environment [P-40]', async () => {
    const words = ['console', 'link', '--scopes', 'session.session_read'];
    const link = await ctl.with(support).json(words);
    expect(link).toEqual({
      url: expect.stringMatching(new RegExp(`^${shop.url}/console#link=[\\w-]{43}$`)),
      clientId: 'acme-support',
      endsAt: expect.any(String),
      scopes: ['session.session_read'],
    });
    const [, code] = link.url.split('#link=');
    const { body } = await shop.http.post('/console/sign-in', { code }).expect(200);
    expect(body).toMatchObject({ client_id: 'acme-support', scope: 'session.session_read tenant=acme' });
    expect(await ctl.with(support).prints(words)).toMatch(
      /^http.*\nSigns in as acme-support, once, until .*\.\n$/,
    );
  });

  it('can be that of the client of the demo data, or of CONSOLE_CLIENT_ID as in earlier versions', async () => {
    expect(await ctl.json(['console', 'link', '--tenant', 'globex'])).toMatchObject({
      clientId: 'globex-backend',
    });
    const earlier = { CONSOLE_CLIENT_ID: 'acme-support', CONSOLE_CLIENT_SECRET: 'acme-support-secret' };
    expect(await ctl.with(earlier).json(['console', 'link', '--tenant', 'acme'])).toMatchObject({
      clientId: 'acme-support',
    });
  });

  it('is refused with what to do about it', async () => {
    expect(await ctl.fails(['console', 'link'], 2)).toContain('Set ONESESSION_CLIENT_ID');
    await ctl.fails(['console', 'link', '--tenant', 'nobody'], 2);
    await ctl.fails(['console', 'link', '--tenant', 'acme'], 2, { cwd: tmpdir() });
    const another = ['console', 'link', '--tenant', 'globex'];
    expect(await ctl.with(support).fails(another, 2)).toContain(
      'acme-support is a client of acme, not of globex',
    );
    const more = ['console', 'link', '--scopes', 'client.client_manage'];
    expect(await ctl.with(support).fails(more, 4)).toContain('client.client_manage');
    await ctl.with({ ...support, ONESESSION_CLIENT_SECRET: 'wrong' }).fails(['console', 'link'], 4);
    await ctl.with({ ...support, ONESESSION_URL: 'http://127.0.0.1:2' }).fails(['console', 'link'], 3);
  });
});

describe('With an ADMIN_PORT, a link to the console', () => {
  let shop: Shop;
  let ctl: Ctl;
  let adminUrl: string;
  beforeAll(async () => {
    shop = await openShop({ env: { ADMIN_PORT: '0' } });
    adminUrl = adminAddressOf(shop.app.getHttpAdapter().getInstance()) ?? '';
    ctl = Ctl.build({
      ONESESSION_URL: shop.url,
      ONESESSION_CLIENT_ID: 'acme-support',
      ONESESSION_CLIENT_SECRET: 'acme-support-secret',
    });
  });
  afterAll(async () => {
    ctl.remove();
    await shop.close();
  });

  it('leads to that port, whose address must be named', async () => {
    expect(await ctl.fails(['console', 'link'], 5)).toContain('--admin-url');
    const { url } = await ctl.json(['console', 'link', '--admin-url', adminUrl]);
    expect(url.startsWith(`${adminUrl}/console#link=`)).toBe(true);
    expect(await ctl.with({ ONESESSION_ADMIN_URL: adminUrl }).prints(['console', 'link'])).toContain(
      adminUrl,
    );
  });
});
