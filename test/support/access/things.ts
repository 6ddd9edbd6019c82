import { generateKeyPairSync } from 'node:crypto';
import { expect, vi } from 'vitest';
import type { CustomerUser, HttpUser, Visitor } from '../people/http-user.js';
import type { Operation } from './operations.js';

/** Ids by the names that the paths of the description give them. */
export type Things = Readonly<Record<string, string>>;

const CART = { siteCode: 'main', currency: 'EUR' };

const ITEM = {
  itemYrn: 'urn:yaas:hybris:product:product:acme;raincoat',
  quantity: 1,
  price: { priceId: 'raincoat-eur', originalAmount: 79, effectiveAmount: 79, currency: 'EUR' },
};

const MODEL = {
  name: 'Per piece',
  includesTax: true,
  measurementUnit: { quantity: 1, unitCode: 'pc' },
  tierDefinition: { tierType: 'BASIC' },
};

const PRICE = {
  itemId: { itemType: 'PRODUCT', id: 'umbrella' },
  currency: 'EUR',
  location: { countryCode: 'FR' },
  tierValues: [{ priceValue: 17 }],
};

const PRICE_LIST = { name: { en: 'Wholesale' }, siteCode: 'main' };
const LIST_PRICE = { itemId: PRICE.itemId, tierValues: PRICE.tierValues, metadata: { version: 1 } };

const CAMPAIGN = { rules: [{ utm_source: 'google' }] };

const APP = {
  url: 'https://apps.acme.test/banner',
  input: { public: ['utm_campaign'] },
  output: { offers: ['banner'] },
};

const COMPANY = { name: 'Tools', type: 'COMPANY' };
const LOCATION = { type: 'OFFICE', contactDetails: { city: 'Berlin' } };

const LINES = { line_items: [{ item: { id: 'umbrella' }, quantity: 1 }] };

/** Bodies for which the example of the description does not fit the existing records. */
const BODIES: Readonly<Record<string, (things: Things) => unknown>> = {
  'PUT /admin/{tenant}/discounts/{code}': () => ({ percent: 7 }),
  'PUT /admin/{tenant}/campaigns/{id}': () => CAMPAIGN,
  'PUT /price/{tenant}/prices/{priceId}': () => PRICE,
  'PUT /price/{tenant}/priceModels/{priceModelId}': () => MODEL,
  'PUT /price/{tenant}/price-lists/{priceListId}': () => PRICE_LIST,
  'PUT /price/{tenant}/price-lists/{priceListId}/prices/{priceId}': () => LIST_PRICE,
  'PUT /price/{tenant}/price-lists/{priceListId}/prices/bulk': ({ priceId }) => [
    { ...LIST_PRICE, id: priceId },
  ],
  'DELETE /price/{tenant}/price-lists/{priceListId}/prices/bulk': ({ priceId }) => [priceId],
  'PUT /customer-management/{tenant}/legal-entities/{legalEntityId}': () => COMPANY,
  'PUT /customer-management/{tenant}/locations/{locationId}': () => LOCATION,
  'PUT /customer-management/{tenant}/contact-assignments/{contactAssignmentId}': ({
    legalEntityId: id,
    customerId,
  }) => ({ legalEntity: { id }, customer: { id: customerId }, type: 'CONTACT' }),
  'POST /ucp/{tenant}/carts': () => LINES,
  'PUT /ucp/{tenant}/carts/{cartId}': () => LINES,
  'POST /cart/{tenant}/carts/{cartId}/items': () => ITEM,
  'POST /cart/{tenant}/carts/{cartId}/discounts': ({ code }) => ({ code }),
  'POST /cart/{tenant}/carts/{cartId}/merge': ({ guestCartId }) => ({ carts: [guestCartId] }),
};

export const bodyFor = ({ label, body }: Operation, things: Things): unknown =>
  BODIES[label]?.(things) ?? body;

let made = 0;

/** Makes what a shopper owns and what a tenant declares. It is new, so that everything may be deleted. */
export async function makeThings(owner: CustomerUser, guest: Visitor, employee: HttpUser): Promise<Things> {
  const { body: guestCart } = await guest.post('/cart/acme/carts', CART).expect(201);
  made += 1;
  const person = { email: `thing-${made}@acme.test`, password: 'thing-Password-2026' };
  const { body: stranger } = await guest.post('/customer/acme/signup', person).expect(201);
  return {
    tenant: 'acme',
    customerId: stranger.id,
    customerNumber: stranger.id,
    guestCartId: guestCart.cartId,
    job: (await employee.delete('/admin/acme/sessions?createdBefore=2025-01-01T00:00:00Z').expect(202)).body
      .job,
    sessionId: guest.sessionId,
    ...(await cartOf(owner)),
    ...(await ownOf(owner, employee, stranger.id)),
    ...(await declaredBy(employee, `thing-${made}`)),
    ...(await companyOf(employee, `thing-${made}`, stranger.id)),
  };
}

async function cartOf(owner: CustomerUser): Promise<Things> {
  const { body } = await owner.post('/cart/acme/carts', CART).expect(201);
  const cart = `/cart/acme/carts/${body.cartId}`;
  const { body: added } = await owner.post(`${cart}/items`, ITEM).expect(201);
  await owner.post(`${cart}/discounts`, { code: 'WELCOME10' }).expect(201);
  return { cartId: body.cartId, itemId: added.itemId, discountIndex: '0' };
}

async function companyOf(employee: HttpUser, id: string, customerId: string): Promise<Things> {
  const base = '/customer-management/acme';
  await employee.post(`${base}/legal-entities`, { ...COMPANY, id }).expect(201);
  await employee.post(`${base}/locations`, { ...LOCATION, id }).expect(201);
  const assignment = { id, legalEntity: { id }, customer: { id: customerId } };
  await employee.post(`${base}/contact-assignments`, assignment).expect(201);
  return { legalEntityId: id, locationId: id, contactAssignmentId: id };
}

/** The owner and somebody else have an address with the same id. */
async function ownOf(owner: CustomerUser, employee: HttpUser, customerNumber: string): Promise<Things> {
  const address = { contactName: 'Thing', city: 'Berlin', country: 'DE', tags: ['BILLING'] };
  const { body: added } = await owner.post('/customer/acme/me/addresses', address).expect(201);
  const others = `/customer/acme/customers/${customerNumber}/addresses`;
  await employee.post(others, { ...address, id: added.id }).expect(201);
  await owner.post('/session-context/acme/me/context/attributes', { key: 'color', value: 'red' }).expect(201);
  return { addressId: added.id, attributeName: 'color' };
}

async function declaredBy(employee: HttpUser, name: string): Promise<Things> {
  const site = { currency: 'EUR', defaultLanguage: 'en', languages: ['en'], shipToCountries: ['DE'] };
  const homeBase = { address: { country: 'DE', zipCode: '10557', city: 'Berlin' } };
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // Only a client with a key can do without its secret.
  const jwks = { keys: [publicKey.export({ format: 'jwk' })] };
  const client = { clientId: name, kind: 'backend', scopes: ['site.site_read'], jwks };
  await employee.post('/site/acme/sites', { code: name, name, active: true, ...site, homeBase }).expect(201);
  await employee.post(`/site/acme/sites/${name}/mixins`, { notes: { active: true } }).expect(201);
  await employee.post('/admin/acme/clients', client).expect(201);
  await employee.post('/price/acme/priceModels', { ...MODEL, id: name }).expect(201);
  await employee.post('/price/acme/prices', { ...PRICE, id: name }).expect(201);
  await employee.put(`/price/acme/price-lists/${name}`, PRICE_LIST).expect(201);
  await employee.put(`/price/acme/price-lists/${name}/prices/${name}`, LIST_PRICE).expect(201);
  await employee.put(`/admin/acme/discounts/${name}`, { percent: 5 }).expect(204);
  await employee.put('/admin/acme/customer-groups/thing', { priceTables: ['gold'] }).expect(200);
  await employee.put('/admin/acme/campaigns/thing', CAMPAIGN).expect(200);
  await employee.put('/admin/acme/regions/thing', { country: 'BRA' }).expect(200);
  await employee.put('/admin/acme/session-apps/thing', APP).expect(200);
  const webhook = await webhookOf(employee);
  const prices = { priceModelId: name, priceId: name, priceListId: name };
  const named = { clientId: name, siteCode: name, code: name };
  return { ...named, ...prices, ...webhook, mixinName: 'notes', id: 'thing', name: 'thing' };
}

/** The address is private, so a delivery fails at once. It is the same webhook until a test removes it. */
const WEBHOOK = { url: 'http://localhost:9/', types: ['onesession.session.began'] };

async function webhookOf(employee: HttpUser): Promise<Things> {
  const webhooks = '/admin/acme/webhooks';
  const { body: former } = await employee.get(webhooks).expect(200);
  const webhookId = former[0]?.id ?? (await employee.post(webhooks, WEBHOOK).expect(201)).body.id;
  const read = async () =>
    (await employee.get(`${webhooks}/${webhookId}/deliveries`).expect(200)).body[0]?.id;
  let deliveryId = await read();
  if (deliveryId === undefined) {
    await employee.get('/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront');
    await vi.waitFor(async () => expect((deliveryId = await read())).toBeDefined(), 5_000);
  }
  return { webhookId, deliveryId };
}
