import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpUser, type ServiceUser } from '../../support/people/http-user.js';
import { mailedToken, mailsTo } from '../../support/data/mails.js';
import { openShop, type Shop } from '../../support/shop.js';

const CUSTOMERS = '/customer/acme/customers';
const PASSWORD = 'carla-Secret-2026';

describe('A backend manages the customers of its tenant', () => {
  let shop: Shop;
  let staff: ServiceUser;

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  const carla = {
    id: 'carla',
    contactEmail: 'Carla@acme.test',
    password: PASSWORD,
    title: 'MS',
    firstName: 'Carla',
    lastName: 'Gomez',
    preferredLanguage: 'en_US',
    preferredCurrency: 'EUR',
    preferredSite: 'main',
    type: 'CONTACT',
    photoUrl: 'https://acme.test/carla.png',
    restriction: 'DE',
    mixins: { erp: { number: 7 }, crm: { score: 1 } },
    metadata: { mixins: { erp: 'https://acme.test/erp.json' } },
  };

  it('creates one, who logs in with the first password', async () => {
    const { body } = await staff.post(CUSTOMERS, carla).expect(201);
    expect(body).toEqual({ id: 'carla' });
    const login = { email: 'carla@acme.test', password: PASSWORD };
    const { body: tokens } = await (await shop.visitor()).post('/customer/acme/login', login).expect(200);
    expect(tokens).toMatchObject({ initialPassword: true });
    const me = new HttpUser(shop.url, tokens.access_token);
    expect((await me.get('/customer/acme/me').expect(200)).body).toMatchObject({ id: 'carla' });
  });

  it('and reads the profile, with addresses, accounts and mixins only on request', async () => {
    const { body } = await staff.get(`${CUSTOMERS}/carla`).expect(200);
    const { password: _secret, mixins, ...shown } = carla;
    expect(body).toMatchObject({
      ...shown,
      customerNumber: 'carla',
      email: 'carla@acme.test',
      active: true,
      onHold: false,
      businessModel: 'B2C',
      metadata: { version: 1, mixins: carla.metadata.mixins },
    });
    for (const extra of ['mixins', 'accounts', 'addresses', 'password', 'passwordHash']) {
      expect(body).not.toHaveProperty(extra);
    }
    const expanded = async (expand: string) =>
      (await staff.get(`${CUSTOMERS}/carla?expand=${expand}`).expect(200)).body;
    expect(await expanded('accounts,mixin:*,addresses')).toMatchObject({
      accounts: [{ id: 'carla@acme.test' }],
      mixins,
      addresses: [],
    });
    expect((await expanded('mixin:erp')).mixins).toEqual({ erp: { number: 7 } });
    expect((await staff.get(`${CUSTOMERS}/carla?fields=id`).expect(200)).body).toEqual({ id: 'carla' });
  });

  it('but not twice, neither by id nor by e-mail [W-13]', async () => {
    const mine = { ...carla, contactEmail: 'other@acme.test' };
    expect((await staff.post(CUSTOMERS, mine).expect(409)).body.message).toContain('id');
    const { body } = await staff.post(CUSTOMERS, { contactEmail: 'CARLA@acme.test' }).expect(409);
    expect(body).toMatchObject({ status: 409, message: expect.stringContaining('Duplicate account') });
  });

  it('and not without an e-mail, nor with a weak password or an unknown site', async () => {
    const bad = { password: 'short', preferredSite: 'nowhere', preferredCurrency: 'EURO' };
    const { body } = await staff.post(CUSTOMERS, bad).expect(400);
    for (const field of ['contactEmail', 'password', 'preferredSite', 'preferredCurrency']) {
      expect(JSON.stringify(body.details)).toContain(field);
    }
    await staff.post(CUSTOMERS, { contactEmail: 'x@acme.test', id: 'a b' }).expect(400);
  });

  it('whom a mail invites to set a password, unless the backend says otherwise', async () => {
    const quiet = `${CUSTOMERS}?sendPasswordResetNotifications=false`;
    await staff.post(quiet, { contactEmail: 'dora@acme.test' }).expect(201);
    await staff.post(CUSTOMERS, { contactEmail: 'emil@acme.test' }).expect(201);
    expect(await mailsTo(shop, 'dora@acme.test')).toEqual([]);
    const visitor = await shop.visitor();
    const login = { email: 'emil@acme.test', password: PASSWORD };
    await visitor.post('/customer/acme/login', login).expect(401);
    const token = await mailedToken(shop, login.email);
    await visitor.post('/customer/acme/password/reset/update', { token, password: PASSWORD }).expect(204);
    const { body } = await visitor.post('/customer/acme/login', login).expect(200);
    expect(body).toMatchObject({ initialPassword: false });
  });

  it('but nobody else who has the id or the e-mail address of one that could not be created', async () => {
    const before = (await mailsTo(shop, 'anna@acme.test')).length;
    await staff.post(CUSTOMERS, { id: 'carla', contactEmail: 'anna@acme.test' }).expect(409);
    expect(await mailsTo(shop, 'carla@acme.test')).toHaveLength(1);
    expect(await mailsTo(shop, 'anna@acme.test')).toHaveLength(before);
  });

  it('changes one by PATCH, from the version that it read', async () => {
    const changes = { lastName: null, contactPhone: '123', mixins: { crm: null }, photoUrl: null };
    await staff.patch(`${CUSTOMERS}/carla`, { ...changes, metadata: { version: 7 } }).expect(409);
    const { body: nothing } = await staff
      .patch(`${CUSTOMERS}/carla`, { ...changes, metadata: { version: 1 } })
      .set('content-type', 'application/merge-patch+json')
      .expect(200);
    expect(nothing).toEqual({});
    const { body } = await staff.get(`${CUSTOMERS}/carla?expand=mixin:*`).expect(200);
    expect(body).toMatchObject({ contactPhone: '123', metadata: { version: 2 } });
    expect(body.mixins).toEqual({ erp: { number: 7 } });
    for (const gone of ['lastName', 'photoUrl']) expect(body).not.toHaveProperty(gone);
    await staff.patch(`${CUSTOMERS}/carla`, { contactEmail: null }).expect(400);
    await staff.patch(`${CUSTOMERS}/nobody`, changes).expect(404);
  });

  it('or by PUT, which creates one that does not exist yet', async () => {
    await staff.put(`${CUSTOMERS}/carla`, { lastName: 'Gomez' }).expect(204);
    const { body } = await staff.get(`${CUSTOMERS}/carla`).expect(200);
    expect(body).toMatchObject({ firstName: 'Carla', lastName: 'Gomez', metadata: { version: 3 } });
    await staff.put(`${CUSTOMERS}/fred`, { lastName: 'F' }).expect(400);
    const fred = { contactEmail: 'fred@acme.test', onHold: true };
    await staff.put(`${CUSTOMERS}/fred`, { ...fred, metadata: { version: 1 } }).expect(409);
    expect((await staff.put(`${CUSTOMERS}/fred`, fred).expect(201)).body).toEqual({ id: 'fred' });
    expect((await staff.get(`${CUSTOMERS}/fred`).expect(200)).body).toMatchObject({ onHold: true });
  });

  it('finds customers, in pages, with counts on request [W-60, W-61]', async () => {
    const ids = async (query: string) =>
      (await staff.get(`${CUSTOMERS}?${query}`).expect(200)).body.map(({ id }: { id: string }) => id);
    expect(await ids('q=firstName:Carla')).toEqual(['carla']);
    expect(await ids('q=email:CARLA@acme.test')).toEqual(['carla']);
    expect(await ids('q=email:(CARLA@acme.test,nobody@acme.test)')).toEqual(['carla']);
    expect(await ids('q=email:~CARLA@')).toEqual(['carla']);
    expect(await ids('q=contactEmail:Carla@acme.test')).toEqual(['carla']);
    expect(await ids('q=customerNumber:(fred,carla)&sort=id:desc')).toEqual(['fred', 'carla']);
    expect(await ids('q=onHold:true')).toEqual(['fred']);
    expect(await ids('q=active:false')).toEqual([]);
    expect(await ids('q=lastName:~Gom%20active:true')).toEqual(['carla']);
    const page = await staff.get(`${CUSTOMERS}?pageSize=2`).set('X-Total-Count', 'true').expect(200);
    expect(page.headers).toMatchObject({ count: '2', 'x-total-count': '6' });
    const [first, second] = [page.body, await ids('pageSize=2&pageNumber=2')];
    expect(new Set([...first.map(({ id }: { id: string }) => id), ...second]).size).toBe(4);
    const { body } = await staff.post(`${CUSTOMERS}/search`, { q: 'firstName:Carla' }).expect(200);
    expect(body).toMatchObject([{ id: 'carla' }]);
    await staff.get(`${CUSTOMERS}?sort=title`).expect(400);
    await staff.get(`${CUSTOMERS}?q=passwordHash:exists`).expect(400);
  });

  it('sees for which companies somebody acts', async () => {
    await staff.post('/customer-management/acme/legal-entities', { id: 'tools', name: 'Tools' }).expect(201);
    const link = { id: 'link', legalEntity: { id: 'tools' }, customer: { id: 'carla' } };
    await staff.post('/customer-management/acme/contact-assignments', link).expect(201);
    const company = { id: 'tools', name: 'Tools', contactAssignmentId: 'link' };
    const b2b = { businessModel: 'B2B', b2b: { legalEntities: [company] } };
    expect((await staff.get(`${CUSTOMERS}/carla`).expect(200)).body).toMatchObject(b2b);
    const { body } = await staff.get(`${CUSTOMERS}?q=id:(carla,fred)&sort=id`).expect(200);
    expect(body).toMatchObject([b2b, { businessModel: 'B2C' }]);
  });

  it('manages addresses and their tags', async () => {
    const addresses = `${CUSTOMERS}/carla/addresses`;
    await staff.post(addresses, { city: 'Berlin' }).expect(400);
    const home = { id: 'home', contactName: 'Carla', city: 'Berlin', country: 'DE', tags: ['BILLING'] };
    expect((await staff.post(addresses, home).expect(201)).body).toEqual({ id: 'home' });
    await staff.post(addresses, home).expect(409);
    await staff.put(`${addresses}/work`, { city: 'Paris' }).expect(400);
    const work = { contactName: 'Carla', city: 'Paris', tags: ['SHIPPING'] };
    expect((await staff.put(`${addresses}/work`, work).expect(201)).body).toEqual({ id: 'work' });
    await staff.put(`${addresses}/work`, { zipCode: '75001' }).expect(204);
    await staff.patch(`${addresses}/work`, { street: 'Rue' }).expect(200);
    await staff.post(`${addresses}/work/tags?tags=A,B`).expect(204);
    await staff.delete(`${addresses}/work/tags?tags=A`).expect(204);
    expect((await staff.get(`${addresses}/work`).expect(200)).body).toMatchObject({
      ...work,
      street: 'Rue',
      zipCode: '75001',
      tags: ['SHIPPING', 'B'],
    });
    const { body } = await staff.get(`${CUSTOMERS}/carla?expand=addresses`).expect(200);
    expect(body).toMatchObject({
      addresses: [{ id: 'home' }, { id: 'work' }],
      defaultAddress: { id: 'work' },
    });
    await staff.delete(`${addresses}/home`).expect(204);
    expect((await staff.get(addresses).expect(200)).body).toMatchObject([{ id: 'work' }]);
    for (const missing of ['home', 'none']) await staff.get(`${addresses}/${missing}`).expect(404);
    await staff.get(`${CUSTOMERS}/nobody/addresses`).expect(404);
    await staff.post(`${CUSTOMERS}/nobody/addresses`, home).expect(404);
  });

  it('erases one, whose id is free again only once nothing is left', async () => {
    const me = await (await shop.visitor()).logIn('carla@acme.test', PASSWORD);
    await staff.delete(`${CUSTOMERS}/carla`).expect(202);
    await me.get('/customer/acme/me').expect(401);
    for (const ask of [staff.get, staff.delete]) await ask(`${CUSTOMERS}/carla`).expect(404);
    await staff.post(CUSTOMERS, carla).expect(409);
    await staff.post(CUSTOMERS, { ...carla, id: 'carla-again' }).expect(201);
  });

  it('only with the scope for it, and only those of its tenant', async () => {
    const reader = await shop.service('acme-readonly');
    await reader.get(CUSTOMERS).expect(403);
    await reader.post(CUSTOMERS, carla).expect(403);
    const other = await shop.service('globex-backend');
    await other.get(`${CUSTOMERS}/fred`).expect(403);
    await other.get('/customer/globex/customers/fred').expect(404);
    const fred = { contactEmail: 'fred@acme.test' };
    expect((await other.put('/customer/globex/customers/fred', fred).expect(201)).body).toEqual({
      id: 'fred',
    });
    await other.delete('/customer/globex/customers/fred').expect(202);
    await staff.get(`${CUSTOMERS}/fred`).expect(200);
  });
});
