import { expect, vi } from 'vitest';
import { Device } from '../people/device.js';
import { CustomerUser, type ServiceUser, Visitor } from '../people/http-user.js';
import { mailsTo } from '../data/mails.js';
import type { Shop } from '../shop.js';
import { MarkedValues } from './marked-values.js';

export interface PlantedPerson {
  readonly id: string;
  readonly marked: MarkedValues;
  readonly devices: readonly CustomerUser[];
}

const CONTEXT = '/session-context/acme/me/context';

const ITEM = {
  itemYrn: 'urn:yaas:hybris:product:product:acme;raincoat',
  quantity: 1,
  price: { priceId: 'raincoat-eur', originalAmount: 79, effectiveAmount: 79, currency: 'EUR' },
};

/** Leaves values of one person wherever the service keeps any: each of them is sent over HTTP, as a shopper would. */
export async function plantPerson(shop: Shop, admin: ServiceUser): Promise<PlantedPerson> {
  const marked = new MarkedValues();
  const email = `${marked.make('e-mail')}@${marked.make('domain of the e-mail')}.test`;
  const password = marked.make('password');
  const signUp = { email, password, customerDetails: { firstName: marked.make('first name at sign-up') } };
  const guest = await shop.visitor();
  const { body } = await guest.post('/customer/acme/signup', signUp).expect(201);
  await fillContext(guest, marked);
  marked.add('refresh token of the guest', guest.refreshToken);
  const devices = [
    await logIn(shop, guest, { email, password }, marked.make('user agent of the laptop')),
    await logIn(shop, await shop.visitor(), { email, password }, marked.make('user agent of the phone')),
    await logIn(
      shop,
      await browser(shop, marked),
      { email, password },
      marked.make('user agent of the tablet'),
    ),
  ];
  devices.forEach(({ refreshToken }, i) => marked.add(`refresh token ${i}`, refreshToken));
  const [first, second] = devices as [CustomerUser, CustomerUser];
  await fillProfile(first, marked);
  await fillAddress(first, marked);
  await fillCarts(first, second, marked);
  await askForMails(shop, { first, email, password }, marked);
  await impersonate(shop, admin, email, marked);
  await help(admin, body.id, marked);
  return { id: body.id, marked, devices };
}

async function fillContext(guest: { post: CustomerUser['post'] }, marked: MarkedValues): Promise<void> {
  await guest.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
  const attribute = { key: marked.make('name of an attribute'), value: marked.make('value of an attribute') };
  await guest.post(`${CONTEXT}/attributes`, attribute).expect((r) => expect(r.status).toBeLessThan(300));
}

async function fillProfile(customer: CustomerUser, marked: MarkedValues): Promise<void> {
  const { body } = await customer.get('/customer/acme/me').expect(200);
  const changes = {
    firstName: marked.make('first name'),
    middleName: marked.make('middle name'),
    lastName: marked.make('last name'),
    title: marked.make('title'),
    contactPhone: marked.make('phone'),
    company: marked.make('company'),
    mixins: { [marked.make('name of a mixin')]: { text: marked.make('value of a mixin') } },
    metadata: { version: body.metadata.version },
  };
  await customer.patch('/customer/acme/me', changes).expect(200);
}

async function fillAddress(customer: CustomerUser, marked: MarkedValues): Promise<void> {
  const address = {
    contactName: marked.make('contact of an address'),
    street: marked.make('street'),
    city: marked.make('city'),
    zipCode: marked.make('postal code'),
    extraLine1: marked.make('line of an address'),
    contactPhone: marked.make('phone of an address'),
    country: 'GB',
    tags: ['SHIPPING'],
    mixins: { note: { text: marked.make('mixin of an address') } },
  };
  await customer.post('/customer/acme/me/addresses', address).expect(201);
}

async function fillCarts(first: CustomerUser, second: CustomerUser, marked: MarkedValues): Promise<void> {
  const wishes = {
    siteCode: 'main',
    currency: 'EUR',
    type: 'wishlist',
    mixins: { note: { text: marked.make('note of a cart') } },
  };
  const { body } = await second.post('/cart/acme/carts', wishes).expect(201);
  const item = { ...ITEM, mixins: { engraving: { text: marked.make('note of an item') } } };
  await second.post(`/cart/acme/carts/${body.cartId}/items`, item).expect(201);
  const attribute = { key: 'note', value: { text: marked.make('attribute of a customer') } };
  await first.post(`${CONTEXT}/attributes`, attribute).expect((r) => expect(r.status).toBeLessThan(300));
}

async function askForMails(
  shop: Shop,
  { first, email, password }: { first: CustomerUser; email: string; password: string },
  marked: MarkedValues,
): Promise<void> {
  const newEmail = `${marked.make('e-mail to come')}@acme.test`;
  await first
    .post('/customer/acme/me/accounts/internal/email/change', { email, newEmail, password })
    .expect(204);
  await (await shop.visitor()).post('/customer/acme/password/reset', { email }).expect(204);
  await vi.waitFor(async () => expect(await mailsTo(shop, email)).not.toEqual([]));
}

async function logIn(shop: Shop, visitor: Visitor, person: object, agent: string): Promise<CustomerUser> {
  const { body } = await visitor
    .post('/customer/acme/login', person)
    .set('user-agent', `Mozilla/5.0 (${agent}) AppleWebKit/605.1.15 Version/19.0 Safari/604.1`)
    .expect(200);
  return new CustomerUser(shop.url, 'acme', body);
}

/** A guest whose session began in the VTEX dialect. */
async function browser(shop: Shop, marked: MarkedValues): Promise<Visitor> {
  const device = new Device(shop.url);
  await device.begin({ hobby: marked.make('public value') }).expect(201);
  await device.change({ utm_source: marked.make('source of a visit') }).expect(200);
  const login = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
  const { body } = await device.send('get', login).expect(200);
  return new Visitor(shop.url, 'acme', 'acme-storefront', body);
}

async function impersonate(
  shop: Shop,
  admin: ServiceUser,
  email: string,
  marked: MarkedValues,
): Promise<void> {
  const employee = new Device(shop.url);
  employee.cookies.set('VtexIdclientAutCookie', admin.accessToken ?? '');
  await employee.begin().expect(201);
  await employee
    .change({
      'vtex-impersonated-customer-email': email,
      'vtex-impersonation-reason': marked.make('reason of an impersonation'),
    })
    .expect(200);
}

/** An employee looks the person up, and changes what their sessions hold, each time for a reason that names them. */
async function help(admin: ServiceUser, customerId: string, marked: MarkedValues): Promise<void> {
  await admin
    .get(`/admin/acme/customers/${customerId}`)
    .set('X-Reason', `${marked.make('name in the reason of a read')} called`)
    .expect(200);
  const { body } = await admin.get(`/admin/acme/sessions?customerId=${customerId}`).expect(200);
  const own = body.items.find(({ siteCode }: { siteCode?: string }) => siteCode !== undefined);
  const path = `/admin/acme/sessions/${own.sessionId}`;
  const attribute = marked.make('name of an attribute in the history');
  const values = [marked.make('former value in the history'), marked.make('value in the history')];
  for (const value of values) {
    const { body: session } = await admin.get(path).expect(200);
    const change = {
      context: { [attribute]: value },
      metadata: { version: session.context.metadata.version },
    };
    await admin
      .patch(`${path}/context`, change)
      .set('X-Reason', marked.make(`reason of change ${values.indexOf(value)}`))
      .expect(200);
  }
}
