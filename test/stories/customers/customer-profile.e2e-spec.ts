import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const ME = '/customer/acme/me';

describe('A customer and her profile', () => {
  let shop: Shop;
  let anna: CustomerUser;
  beforeAll(async () => {
    shop = await openShop();
    anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
  });
  afterAll(() => shop.close());

  it('is nobody in particular before she logs in [W-19]', async () => {
    const { body } = await (await shop.visitor()).get(ME).expect(200);
    expect(body).toEqual({
      id: '00000000',
      customerNumber: '00000000',
      firstName: 'Anonymous',
      lastName: 'Anonymous',
      preferredSite: 'main',
      accounts: [],
    });
  });

  it('is herself once she has logged in [W-19]', async () => {
    const { body } = await anna.get(ME).expect(200);
    expect(body).toEqual({
      id: expect.any(String),
      customerNumber: body.id,
      firstName: 'Anna',
      lastName: 'Demo',
      contactEmail: 'anna@acme.test',
      preferredSite: 'us',
      preferredCurrency: 'USD',
      preferredLanguage: 'de',
      accounts: [{ id: 'anna@acme.test' }],
      businessModel: 'B2C',
      metadata: { version: 1, mixins: {} },
      mixins: {},
      lastLogin: shop.clock.now().toISOString(),
    });
  });

  it('sees her addresses on request, with the default one separate [W-19]', async () => {
    const { body } = await anna.get(`${ME}?expand=addresses`).expect(200);
    expect(body.addresses).toMatchObject([
      { country: 'FR', tags: ['SHIPPING'], isDefault: true },
      { country: 'AT', tags: ['BILLING'], isDefault: true },
    ]);
    expect(body.defaultAddress).toEqual(body.addresses[0]);
  });

  it('changes single fields, by PATCH or by PUT [W-19, C-01]', async () => {
    const patched = await anna.patch(ME, { title: 'MS', preferredCurrency: 'EUR' }).expect(200);
    expect(patched.body).toMatchObject({
      title: 'MS',
      firstName: 'Anna',
      preferredCurrency: 'EUR',
      metadata: { version: 2 },
    });
    await anna.put(ME, { middleName: 'M', title: null }).expect(200);
    const { body } = await anna.get(ME).expect(200);
    expect(body).toMatchObject({
      firstName: 'Anna',
      middleName: 'M',
      preferredCurrency: 'EUR',
      metadata: { version: 3 },
    });
    expect(body).not.toHaveProperty('title');
  });

  it('may send application/merge-patch+json too [W-19]', async () => {
    const { body } = await anna
      .patch(ME)
      .set('content-type', 'application/merge-patch+json')
      .send(JSON.stringify({ middleName: null }))
      .expect(200);
    expect(body).not.toHaveProperty('middleName');
  });

  it('may send back what was read, with additional fields of the client’s [C-02]', async () => {
    const { body: read } = await anna.get(`${ME}?expand=addresses&unknown=1`).expect(200);
    const sent = {
      ...read,
      firstName: 'Anne',
      id: 'other',
      customerNumber: '1',
      groups: ['silver'],
      tenant: 'globex',
    };
    const { body } = await anna
      .patch(ME, { ...sent, accounts: [{ id: 'x@acme.test' }], addresses: [] })
      .expect(200);
    const { addresses: _a, defaultAddress: _d, ...profile } = read;
    expect(body).toEqual({
      ...profile,
      firstName: 'Anne',
      metadata: { version: read.metadata.version + 1, mixins: {} },
    });
    expect((await anna.get(`${ME}/addresses`).expect(200)).body).toHaveLength(2);
    const stored = await shop.storage.customers.findByEmail('acme', 'anna@acme.test');
    expect(stored).toMatchObject({ id: read.id, tenant: 'acme', groups: ['gold'] });
  });

  it("can't change it from a version that is no longer current [C-01]", async () => {
    const stale = { title: 'DR', metadata: { version: 1 } };
    const { body: current } = await anna.get(ME).expect(200);
    for (const call of [anna.patch(ME, stale), anna.put(ME, stale)]) {
      const { body: conflict } = await call.expect(409);
      expect(conflict).toMatchObject({
        status: 409,
        message: expect.any(String),
        metadata: { version: current.metadata.version },
      });
    }
    expect((await anna.get(ME).expect(200)).body).toEqual(current);
  });

  it('changes it in one of ten requests that read the same version', async () => {
    const { body } = await anna.get(ME).expect(200);
    const tries = Array.from({ length: 10 }, (_, i) =>
      anna.patch(ME, { title: `try ${i}`, metadata: { version: body.metadata.version } }),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
  });

  it('can change the contact e-mail but not remove it, and logs in as before [W-19]', async () => {
    await anna.patch(ME, { contactEmail: null }).expect(400);
    const { body } = await anna.patch(ME, { contactEmail: ' post@acme.test ' }).expect(200);
    expect(body).toMatchObject({ contactEmail: 'post@acme.test', accounts: [{ id: 'anna@acme.test' }] });
  });

  it('stores and merges the tenant’s own data under any name [D-14]', async () => {
    const sent = '{"mixins":{"__proto__":{"polluted":true},"a.b":{"$set":1,"c":[null]},"constructor":"x"}}';
    await anna.patch(ME).type('json').send(sent).expect(200);
    await anna.patch(ME, { mixins: { 'a.b': { $set: null, d: 2 } } }).expect(200);
    const { text } = await anna.get(ME).expect(200);
    expect(text).toContain(
      '"mixins":{"__proto__":{"polluted":true},"a.b":{"c":[null],"d":2},"constructor":"x"}',
    );
    expect('polluted' in {}).toBe(false);
  });

  it.each([
    [{ preferredCurrency: 'eur' }, 'preferredCurrency'],
    [{ preferredLanguage: 'x'.repeat(40) }, 'preferredLanguage'],
    [{ preferredSite: 'moon' }, 'preferredSite'],
    [{ firstName: 7 }, 'firstName'],
    [{ lastName: 'x'.repeat(257) }, 'lastName'],
    [{ contactEmail: 'none' }, 'contactEmail'],
    [{ b2b: { companyRegistrationId: '1' } }, 'company'],
    [{ metadata: { version: 'latest' } }, 'metadata.version'],
  ])('is refused %j, and told which field is wrong: %s [W-45]', async (body, field) => {
    for (const call of [anna.patch(ME, body), anna.put(ME, body)]) {
      const { body: answer } = await call.expect(400);
      expect(answer).toMatchObject({ type: 'bad_request', status: 400 });
      expect(answer.details).toContainEqual({ field, message: expect.any(String) });
    }
  });

  it("is alone with it: anonymous shoppers can't change it, and service tokens can't read it [W-44]", async () => {
    const visitor = await shop.visitor();
    for (const refused of [visitor.patch(ME, {}), visitor.put(ME, {}), visitor.get(`${ME}/addresses`)]) {
      const { body } = await refused.expect(403);
      expect(body).toEqual({ type: 'forbidden', status: 403, message: expect.any(String) });
    }
    await (await shop.service()).get(ME).expect(403);
    await anna.get('/customer/globex/me').expect(403);
    const { body } = await shop.http.get(ME).expect(401);
    expect(body.fault.detail.errorcode).toBe('oauth.v2.InvalidAccessToken');
  });

  it('never sees a password in it', async () => {
    const { text } = await anna.get(`${ME}?expand=addresses`).expect(200);
    expect(text).not.toMatch(/argon2|password/i);
  });
});
