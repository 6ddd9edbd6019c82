import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const CUSTOMERS = '/admin/acme/customers';
const PASSWORD = 'a raven and a writing desk';

describe('An employee looks for a customer', () => {
  let shop: Shop;
  let support: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    support = await shop.service('acme-support');
  });
  afterAll(() => shop.close());

  const signUp = async (email: string, customerDetails: object = {}): Promise<string> => {
    shop.clock.advanceSeconds(1);
    const visitor = await shop.visitor();
    const { body } = await visitor
      .post('/customer/acme/signup', { email, password: PASSWORD, customerDetails })
      .expect(201);
    return body.id;
  };
  const list = async (query = '') => {
    const { body } = await support.get(`${CUSTOMERS}?${query}`).expect(200);
    return body;
  };
  const idsOf = async (query: string): Promise<string[]> =>
    (await list(query)).items.map(({ id }: { id: string }) => id);

  it('by the e-mail, in any spelling [F-28]', async () => {
    const anna = {
      id: expect.any(String),
      email: 'anna@acme.test',
      firstName: 'Anna',
      lastName: 'Demo',
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      preferredSite: 'us',
      preferredCurrency: 'USD',
      active: true,
      onHold: false,
      sessions: 0,
    };
    expect(await list('email=%20ANNA@acme.test')).toEqual({ items: [anna] });
    const id = await signUp('Zoë@Bücher.example');
    for (const email of ['zoë@bücher.example', 'ZOE\u0308@BU\u0308CHER.EXAMPLE', 'zoë@xn--bcher-kva.example'])
      expect(await idsOf(`email=${encodeURIComponent(email)}`)).toEqual([id]);
    expect(await list('email=anna@acme.tes')).toEqual({ items: [] });
    expect(await list('email=anna@acme.test&q=zo')).toEqual({ items: [] });
  });

  it('by the beginning of the e-mail, the first name or the last name, in any case', async () => {
    const ids = [
      await signUp('quentin@acme.test'),
      await signUp('one@acme.test', { firstName: 'Quentina', lastName: 'Ørsted' }),
      await signUp('two@bücher.example', { firstName: 'Åsa', lastName: 'QUENT' }),
    ];
    const [mail, first, last] = ids;
    expect(await idsOf('q=quent')).toEqual([last, first, mail]);
    expect(await idsOf('q=QuentIn')).toEqual([first, mail]);
    expect(await idsOf(`q=${encodeURIComponent('øRS')}`)).toEqual([first]);
    expect(await idsOf(`q=${encodeURIComponent('A\u030as')}`)).toEqual([last]);
    expect(await idsOf(`q=${encodeURIComponent('two@büch')}`)).toEqual([last]);
    expect(await idsOf('q=two@xn--b')).toEqual([last]);
    expect(await idsOf('q=uent')).toEqual([]);
    expect(await idsOf('q=quentin@acme.test&email=quentin@acme.test')).toEqual([mail]);
    expect(await idsOf(`q=${encodeURIComponent('.*')}`)).toEqual([]);
  });

  it('in a list of all, the newest first, page by page, while others sign up', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.unshift(await signUp(`page-${i}@acme.test`));
    const all = await idsOf('');
    expect(all.slice(0, 5)).toEqual(ids);
    const first = await list('q=page-&limit=2');
    expect(first.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
    await signUp('page-new@acme.test');
    const second = await list(`q=page-&limit=2&cursor=${first.next}`);
    expect(second.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2, 4));
    const third = await list(`q=page-&limit=2&cursor=${second.next}`);
    expect(third).toEqual({ items: [expect.objectContaining({ id: ids[4] })] });
  });

  it('and sees how many sessions and carts there are, and the whole profile', async () => {
    const id = await signUp('devices@acme.test', { firstName: 'Dora' });
    const first = await (await shop.visitor()).logIn('devices@acme.test', PASSWORD);
    await first.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    await first
      .post('/customer/acme/me/addresses', { city: 'Bath', country: 'GB', tags: ['SHIPPING'] })
      .expect(201);
    await (await shop.visitor()).logIn('devices@acme.test', PASSWORD);
    expect((await list('email=devices@acme.test')).items).toMatchObject([{ id, lastName: '', sessions: 2 }]);
    const { body, headers } = await support.get(`${CUSTOMERS}/${id}`).expect(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toMatchObject({
      id,
      email: 'devices@acme.test',
      firstName: 'Dora',
      groups: [],
      addresses: [{ city: 'Bath', country: 'GB', tags: ['SHIPPING'] }],
      sessions: 2,
      carts: 1,
    });
    expect(JSON.stringify(body)).not.toMatch(/argon2|hash/i);
    const { body: anna } = await support
      .get(`${CUSTOMERS}/${(await list('email=anna@acme.test')).items[0].id}`)
      .expect(200);
    expect(anna).toMatchObject({ groups: ['gold'], sessions: 0, carts: 0 });
  });

  it('and is told what a wrong query has in it, instead of getting a list of all', async () => {
    const problem = async (query: string) => {
      const { body, headers } = await support.get(`${CUSTOMERS}?${query}`).expect(400);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(headers['cache-control']).toBe('no-store');
      return body.errors.map(({ field }: { field: string }) => field);
    };
    expect(await problem('emial=anna@acme.test')).toEqual(['emial']);
    expect(await problem('q=%20')).toEqual(['q']);
    expect(await problem('email=')).toEqual(['email']);
    expect(await problem('q=a&q=b')).toEqual(['q']);
    expect(await problem('limit=201')).toEqual(['limit']);
    expect(await problem('cursor=nonsense')).toEqual(['cursor']);
    expect(await problem('email[$ne]=x')).toEqual(['email[$ne]']);
  });

  it('and finds nobody under an unknown id', async () => {
    const { body } = await support.get(`${CUSTOMERS}/nobody`).expect(404);
    expect(body).toMatchObject({ status: 404, detail: 'Customer nobody not found.' });
  });

  it('but may only read, with the scope for that [P-32]', async () => {
    const [{ id }] = (await list('email=anna@acme.test')).items;
    await support.get(`${CUSTOMERS}/${id}/export`).expect(403);
    await support.delete(`${CUSTOMERS}/${id}/sessions`).expect(403);
    await support.delete(`${CUSTOMERS}/${id}`).expect(403);
    const manager = await shop.service('acme-backend', undefined, 'customer.customer_manage');
    await manager.get(CUSTOMERS).expect(403);
    await manager.get(`${CUSTOMERS}/${id}/export`).expect(200);
    await (await shop.service('globex-backend')).get(CUSTOMERS).expect(403);
  });
});
