import { decodeJwt } from 'jose';
import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../support/shop.js';

describe('The account of a session', () => {
  let shop: Shop;
  afterAll(() => shop.close());

  const accountOf = async (begun: Test): Promise<string> => {
    const { headers } = await begun.expect(201);
    const [, payload = ''] = String(headers['set-cookie']).split('.');
    return JSON.parse(Buffer.from(payload, 'base64url').toString()).account;
  };
  const begin = (query = '', host?: string): Test => {
    const request = shop.http.post(`/api/sessions${query}`, {});
    return host === undefined ? request : request.set('host', host);
  };

  describe('where hosts name it', () => {
    beforeAll(async () => {
      shop = await openShop({ env: { VTEX_HOST_SUFFIX: '.shops.test', VTEX_DEFAULT_ACCOUNT: 'acme' } });
    });

    it('is the first label of the host, whatever the query says [D-19]', async () => {
      expect(await accountOf(begin('', 'globex.shops.test'))).toBe('globex');
      expect(await accountOf(begin('?an=acme', 'GLOBEX.shops.test:8080'))).toBe('globex');
    });

    it('does not exist for a host that names no account, and is never the default one [D-19, F-56]', async () => {
      for (const host of ['nobody.shops.test', 'x.globex.shops.test', '.shops.test']) {
        const { body } = await begin('', host).expect(404);
        expect(body).toMatchObject({ code: 404, message: expect.stringContaining('account') });
      }
    });

    it('comes from the query for a host that is not an account itself, such as a portal [F-56]', async () => {
      for (const host of ['portal.shops.test', 'x.globex.shops.test', '.shops.test']) {
        expect(await accountOf(begin('?an=globex', host))).toBe('globex');
        for (const an of ['nobody', 'NoTenant', '']) await begin(`?an=${an}`, host).expect(404);
      }
    });

    it('is known by hosts of VTEX too [F-56]', async () => {
      expect(await accountOf(begin('', 'globex.myvtex.com'))).toBe('globex');
    });

    it('comes from the query on another host, otherwise it is the default; no other header names it [D-19, W-77]', async () => {
      expect(await accountOf(begin('?an=globex'))).toBe('globex');
      expect(await accountOf(begin())).toBe('acme');
      const headers = { 'x-forwarded-host': 'globex.shops.test', 'x-vtex-account': 'globex', an: 'globex' };
      expect(await accountOf(begin().set(headers))).toBe('acme');
    });

    it('is not named by X-Forwarded-Host either, which trusted proxies may pass on as it came [D-19, X-40]', async () => {
      const behind = await openShop({
        env: { VTEX_HOST_SUFFIX: '.shops.test', TRUSTED_PROXIES: '127.0.0.1' },
      });
      const forged = { host: 'acme.shops.test', 'x-forwarded-host': 'globex.shops.test' };
      const { body } = await behind.http.post('/api/sessions', {}).set(forged).expect(201);
      expect(decodeJwt(body.sessionToken)).toMatchObject({ account: 'acme' });
      await behind.close();
    });

    it('owns the session, whose token opens nothing at the host of another account [W-77]', async () => {
      const { body } = await begin('', 'globex.shops.test').expect(201);
      const read = (host: string) =>
        shop.http.get('/api/sessions?items=*').set({ host, cookie: `vtex_session=${body.sessionToken}` });
      await read('globex.shops.test').expect(200);
      await read('acme.shops.test').expect(401);
    });
  });
});

describe('The account of a session at a host of VTEX', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  const begin = (host: string, query = ''): Test =>
    shop.http.post(`/api/sessions${query}`, {}).set('host', host);
  const accountOf = async (begun: Test): Promise<unknown> => {
    const { body } = await begun.expect(201);
    return decodeJwt(body.sessionToken).account;
  };

  it.each([
    'globex.vtexcommercestable.com.br',
    'globex.vtexcommercebeta.com.br',
    'globex.myvtex.com',
    'dev--globex.myvtex.com',
    'GLOBEX.vtexlocal.com.br:3000',
    'globex.vtex.app',
  ])('is its first label, without any setting: %s [F-56]', async (host) => {
    expect(await accountOf(begin(host))).toBe('globex');
    expect(await accountOf(begin(host, '?an=acme'))).toBe('globex');
  });

  it.each([
    'nobody.myvtex.com',
    'nobody.vtexcommercestable.com.br',
    'www.globex.myvtex.com',
    'dev--nobody.myvtex.com',
  ])('is not another one if there is none with that name: %s [F-56]', async (host) => {
    await begin(host).expect(404);
    const read = shop.http.get('/api/segments').set('host', host);
    expect((await read.expect(404)).body).toMatchObject({ code: 404 });
    expect(await accountOf(begin(host, '?an=globex'))).toBe('globex');
  });

  it.each(['globex.example', 'myvtex.com', 'globex.myvtex.com.example', 'globexmyvtex.com'])(
    'is not named by other hosts: %s [F-56, D-19]',
    async (host) => {
      expect(await accountOf(begin(host))).toBe('acme');
    },
  );
});
