import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const codes = '/admin/acme/discounts';

describe('An operator declares discount codes', () => {
  let shop: Shop;
  let operator: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    operator = await shop.service();
  });
  afterAll(() => shop.close());

  it('and finds those in the bootstrap file', async () => {
    const { body } = await operator.get(codes).expect(200);
    expect(body).toEqual([
      {
        code: 'FIVE',
        name: 'Five euros off from fifty',
        amount: 5,
        currency: 'EUR',
        minimumOrderValue: 50,
        siteCodes: ['main'],
        stackable: true,
      },
      { code: 'WELCOME10', name: 'Ten percent to begin with', percent: 10, stackable: true },
    ]);
  });

  it('creates one, replaces it as a whole, and removes it, in either case', async () => {
    const made = {
      percent: 20,
      from: '2026-01-01T00:00:00.000Z',
      to: '2027-01-01T00:00:00.000Z',
      name: 'Spring',
    };
    await operator.put(`${codes}/spring-20`, made).expect(204);
    const { body: first } = await operator.get(`${codes}?q=code:SPRING-20`).expect(200);
    expect(first).toEqual([{ ...made, code: 'SPRING-20', stackable: true }]);
    await operator.put(`${codes}/SPRING-20`, { amount: 7.5, currency: 'USD', stackable: false }).expect(204);
    const { body: second } = await operator.get(`${codes}?q=code:SPRING-20`).expect(200);
    expect(second).toEqual([{ code: 'SPRING-20', amount: 7.5, currency: 'USD', stackable: false }]);
    await operator.delete(`${codes}/Spring-20`).expect(204);
    const { body: gone } = await operator.delete(`${codes}/spring-20`).expect(404);
    expect(gone).toMatchObject({
      code: 404,
      status: 'Not Found',
      message: expect.stringContaining('spring-20'),
    });
  });

  it('lists them in pages, and counts them on request [W-60]', async () => {
    const { body, headers } = await operator
      .get(`${codes}?sort=code:desc&pageSize=1&pageNumber=2`)
      .set('X-Total-Count', 'true')
      .expect(200);
    expect(body.map(({ code }: { code: string }) => code)).toEqual(['FIVE']);
    expect(headers['x-total-count']).toBe('2');
    expect((await operator.get(codes).expect(200)).headers).not.toHaveProperty('x-total-count');
    await operator.get(`${codes}?sort=percent`).expect(400);
    await operator.get(`${codes}?q=colour:red`).expect(400);
  });

  it.each([
    ['percent', {}],
    ['percent', { percent: 101 }],
    ['percent', { percent: -1 }],
    ['percent', { percent: '10' }],
    ['percent', { percent: 10, amount: 5, currency: 'EUR' }],
    ['currency', { amount: 5 }],
    ['currency', { amount: 5, currency: 'EURO' }],
    ['currency', { percent: 5, minimumOrderValue: 50 }],
    ['amount', { amount: 1e13, currency: 'EUR' }],
    ['siteCodes', { percent: 5, siteCodes: [] }],
    ['from', { percent: 5, from: 'tomorrow' }],
    ['to', { percent: 5, from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }],
    ['stackable', { percent: 5, stackable: 'yes' }],
  ])('is told which field is wrong: %s of %j [W-45]', async (field, draft) => {
    const { body } = await operator.put(`${codes}/WRONG`, draft).expect(400);
    expect(body.message).toContain(`${field}`);
  });

  it('is told if a code has a wrong format [W-45]', async () => {
    for (const code of ['a%2Cb', 'a%20b', '-a', 'x'.repeat(151)]) {
      await operator.put(`${codes}/${code}`, { percent: 5 }).expect(400);
      await operator.delete(`${codes}/${code}`).expect(400);
    }
  });

  it('needs the scope, and sees no other tenant [W-41, W-43, W-44]', async () => {
    const reader = await shop.service('acme-readonly');
    const stranger = await shop.service('globex-backend');
    for (const other of [reader, stranger, await shop.visitor()]) {
      await other.get(codes).expect(403);
      await other.put(`${codes}/MINE`, { percent: 100 }).expect(403);
      await other.delete(`${codes}/FIVE`).expect(403);
    }
    const { body } = await reader.get(codes).expect(403);
    expect(body).toMatchObject({
      code: 403,
      status: 'Forbidden',
      details: ['missing scope: cart.cart_manage'],
    });
    await shop.http.get(codes).expect(401);
    await shop.http.put(`${codes}/MINE`, { percent: 100 }).expect(401);
    await shop.http.delete(`${codes}/FIVE`).expect(401);
    expect((await stranger.get('/admin/globex/discounts').expect(200)).body).toEqual([]);
  });
});
