import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../support/shop.js';

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

    it('is none for a host that names none [D-19]', async () => {
      for (const host of ['nobody.shops.test', 'x.globex.shops.test', '.shops.test']) {
        const { body } = await begin('?an=acme', host).expect(404);
        expect(body).toMatchObject({ code: 404, message: expect.stringContaining('account') });
      }
    });

    it('is that of the query on another host, else the default one; no other header tells it [D-19, W-77]', async () => {
      expect(await accountOf(begin('?an=globex'))).toBe('globex');
      expect(await accountOf(begin())).toBe('acme');
      const headers = { 'x-forwarded-host': 'globex.shops.test', 'x-vtex-account': 'globex', an: 'globex' };
      expect(await accountOf(begin().set(headers))).toBe('acme');
    });

    it('is what a session belongs to: its token opens nothing at the host of another one [W-77]', async () => {
      const { body } = await begin('', 'globex.shops.test').expect(201);
      const read = (host: string) =>
        shop.http.get('/api/sessions?items=*').set({ host, cookie: `vtex_session=${body.sessionToken}` });
      await read('globex.shops.test').expect(200);
      await read('acme.shops.test').expect(401);
    });
  });
});
