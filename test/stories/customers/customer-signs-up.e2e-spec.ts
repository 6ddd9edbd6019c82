import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const SIGNUP = '/customer/acme/signup';
const ME = '/customer/acme/me';
const PASSWORD = 'carla-likes-rain';

describe('A visitor signs up', () => {
  let shop: Shop;
  let visitor: Visitor;
  beforeAll(async () => {
    shop = await openShop();
    visitor = await shop.visitor();
  });
  afterAll(() => shop.close());

  it('with an e-mail and a password, and gets an id [W-13]', async () => {
    const { body } = await visitor.post(SIGNUP, { email: 'Carla@Acme.test', password: PASSWORD }).expect(201);
    expect(body).toEqual({ id: expect.stringMatching(/^[0-9a-f]{24}$/) });
    const carla = await visitor.logIn('carla@acme.test', PASSWORD);
    const me = await carla.get(ME).expect(200);
    expect(me.body).toMatchObject({
      id: body.id,
      contactEmail: 'Carla@Acme.test',
      accounts: [{ id: 'carla@acme.test' }],
    });
  });

  it('only once: the same e-mail is refused, however it is typed [W-13]', async () => {
    const second = await shop.visitor();
    for (const email of ['carla@acme.test', ' CARLA@acme.test ']) {
      const { body } = await second.post(SIGNUP, { email, password: PASSWORD }).expect(409);
      expect(body).toEqual({
        type: 'conflict_resource',
        status: 409,
        message: "Duplicate account 'carla@acme.test' for tenant 'acme'.",
      });
    }
  });

  it('in each tenant separately [W-13]', async () => {
    const elsewhere = await shop.visitor({ tenant: 'globex' });
    await elsewhere
      .post('/customer/globex/signup', { email: 'carla@acme.test', password: PASSWORD })
      .expect(201);
    const { body } = await elsewhere
      .post(SIGNUP, { email: 'dora@acme.test', password: PASSWORD })
      .expect(403);
    expect(body).toEqual({ type: 'forbidden', status: 403, message: expect.any(String) });
  });

  it('only once, even if twenty of her clicks arrive at the same time [W-13]', async () => {
    const hasty = await shop.visitor();
    const clicks = Array.from({ length: 20 }, () =>
      hasty.post(SIGNUP, { email: 'hasty@acme.test', password: PASSWORD }),
    );
    const statuses = (await Promise.all(clicks)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
  });

  it('with her details and an address, which becomes her default [W-13, W-20]', async () => {
    const guest = await shop.visitor();
    const details = {
      title: 'MS',
      firstName: 'Emma',
      middleName: '',
      lastName: 'Demo',
      contactPhone: '123456789',
      company: 'Rain',
      preferredLanguage: 'en_US',
      preferredCurrency: 'USD',
      preferredSite: 'us',
    };
    const customerDetails = {
      ...details,
      contactEmail: 'emma@acme.test',
      b2b: { companyRegistrationId: '1-2' },
    };
    const customerAddress = {
      contactName: 'Emma Demo',
      city: 'Berlin',
      country: 'DE',
      tags: ['BILLING', 'SHIPPING'],
    };
    await guest
      .post(SIGNUP, { email: 'emma@acme.test', password: PASSWORD, customerDetails, customerAddress })
      .expect(201);
    const emma = await guest.logIn('emma@acme.test', PASSWORD);
    const { body } = await emma.get(`${ME}?expand=addresses,mixin:*`).expect(200);
    const address = { ...customerAddress, id: expect.any(String), isDefault: true };
    expect(body).toMatchObject({
      ...details,
      businessModel: 'B2B',
      b2b: { companyRegistrationId: '1-2', legalEntities: [] },
      metadata: { version: 1, mixins: {} },
      mixins: {},
      addresses: [address],
      defaultAddress: address,
    });
  });

  it('with separate credentials, which are then the ones that log in [W-13]', async () => {
    const guest = await shop.visitor();
    const nothing = { customerDetails: null, customerAddress: null };
    const signup = { email: 'Fay.Login@acme.test', password: 'fay-logs-in-here' };
    await guest.post(SIGNUP, { email: 'fay@acme.test', password: PASSWORD, signup, ...nothing }).expect(201);
    await guest.post('/customer/acme/login', { email: 'fay@acme.test', password: PASSWORD }).expect(401);
    const fay = await guest.logIn(signup.email, signup.password);
    const { body } = await fay.get(ME).expect(200);
    expect(body).toMatchObject({ contactEmail: 'fay@acme.test', accounts: [{ id: 'fay.login@acme.test' }] });
  });

  it("but can't choose what is not hers to choose [C-02, P-35]", async () => {
    const guest = await shop.visitor();
    const forged = {
      id: 'mine',
      customerNumber: '1',
      tenant: 'globex',
      groups: ['gold'],
      roles: ['admin'],
      version: 9,
    };
    const customerDetails = {
      ...forged,
      metadata: { version: 9 },
      email: 'anna@acme.test',
      passwordHash: 'x',
      addresses: [],
    };
    const { body } = await guest
      .post(SIGNUP, { ...forged, email: 'gus@acme.test', password: PASSWORD, customerDetails })
      .expect(201);
    expect(body.id).not.toBe('mine');
    const stored = await shop.storage.customers.find('acme', body.id);
    expect(stored).toMatchObject({
      tenant: 'acme',
      id: body.id,
      email: 'gus@acme.test',
      groups: [],
      version: 1,
    });
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(stored).not.toHaveProperty('roles');
  });

  it('only with an anonymous token [W-13, W-43]', async () => {
    const body = { email: 'hugo@acme.test', password: PASSWORD };
    const fault = {
      fault: { faultstring: expect.any(String), detail: { errorcode: 'oauth.v2.InvalidAccessToken' } },
    };
    expect((await shop.http.post(SIGNUP, body).expect(401)).body).toEqual(fault);
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    expect((await ben.post(SIGNUP, body).expect(403)).body).toMatchObject({ type: 'forbidden', status: 403 });
    await (await shop.service()).post(SIGNUP, body).expect(403);
    const late = await shop.visitor();
    shop.clock.advanceSeconds(3601);
    const refused = await late.post(SIGNUP, body).expect(401);
    expect(refused.body.fault.detail.errorcode).toBe('keymanagement.service.access_token_expired');
  });
});

describe('A sign-up that is not valid', () => {
  let shop: Shop;
  let visitor: Visitor;
  beforeAll(async () => {
    shop = await openShop();
    visitor = await shop.visitor();
  });
  afterAll(() => shop.close());

  const good = { email: 'ida@acme.test', password: PASSWORD };

  it.each([
    ['no e-mail', { password: PASSWORD }, ['email']],
    ['an e-mail that is none', { ...good, email: 'ida' }, ['email']],
    ['an operator for an e-mail', { ...good, email: { $ne: null } }, ['email']],
    ['no password', { email: 'ida@acme.test' }, ['password']],
    ['a short password', { ...good, password: 'seven77' }, ['password']],
    ['a password of 129 characters', { ...good, password: 'x'.repeat(129) }, ['password']],
    ['a password that everybody has', { ...good, password: 'Password123' }, ['password']],
    ['the e-mail as password', { ...good, password: 'Ida@acme.test' }, ['password']],
    [
      'another contact e-mail',
      { ...good, customerDetails: { contactEmail: 'x@acme.test' } },
      ['customerDetails.contactEmail'],
    ],
    [
      'a currency that is none',
      { ...good, customerDetails: { preferredCurrency: 'ZZZ' } },
      ['customerDetails.preferredCurrency'],
    ],
    [
      'a language that is none',
      { ...good, customerDetails: { preferredLanguage: '../x' } },
      ['customerDetails.preferredLanguage'],
    ],
    [
      'a site that is none',
      { ...good, customerDetails: { preferredSite: 'moon' } },
      ['customerDetails.preferredSite'],
    ],
    ['a country that is none', { ...good, customerAddress: { country: 'ZZ' } }, ['customerAddress.country']],
    ['details that are a list', { ...good, customerDetails: [] }, ['customerDetails']],
    ['mixins that are a list', { ...good, customerDetails: { mixins: [] } }, ['customerDetails.mixins']],
    [
      'several at once',
      {
        ...good,
        password: 'short',
        customerDetails: { preferredSite: 'moon' },
        customerAddress: { country: 'xx' },
      },
      ['password', 'customerAddress.country', 'customerDetails.preferredSite'],
    ],
  ])('is refused for %s, and the refusal names the field [W-45]', async (_what, body, fields) => {
    const { body: answer } = await visitor.post(SIGNUP, body).expect(400);
    expect(answer).toMatchObject({ type: 'bad_request', status: 400, message: expect.any(String) });
    const named = answer.details.map(({ field }: { field: string }) => field);
    expect([...new Set(named)]).toEqual(fields);
  });

  it('leaves nothing behind', async () => {
    expect(await shop.storage.customers.findByEmail('acme', good.email)).toBeUndefined();
    await visitor.post(SIGNUP, good).expect(201);
  });
});
