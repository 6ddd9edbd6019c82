import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { openStorage } from '../../support/store/drivers.js';
import { openShop, type Shop } from '../../support/shop.js';

/**
 * `public.storeUserEmail` gives a session the price tables of the account with that e-mail, which reveals who has an
 * account.
 */
describe('Somebody names the e-mails of others', () => {
  let shop: Shop;
  beforeAll(
    async () => void (shop = await openShop({ env: { RATE_LIMITS: 'on', TRUSTED_PROXIES: '127.0.0.1' } })),
  );
  afterAll(() => shop.close());

  const name = (device: Device, email: string, from: string) =>
    device.change({ storeUserEmail: email }).set('x-forwarded-for', from);

  it('and gets their price tables and nothing else about them [P-39]', async () => {
    const device = new Device(shop.url);
    await device.begin().expect(201);
    await name(device, 'anna@acme.test', '203.0.113.1').expect(200);
    const values = await device.values();
    expect(values['profile.priceTables']).toBe('gold');
    const told = [
      'profile.email',
      'profile.id',
      'profile.firstName',
      'profile.lastName',
      'profile.phone',
      'profile.document',
    ];
    for (const key of told) expect(values).not.toHaveProperty([key]);
    expect(values['profile.isAuthenticated']).toBe('false');
  });

  it('and is cut off in one session after ten in an hour, from whatever addresses [X-11, P-39]', async () => {
    const device = new Device(shop.url);
    await device.begin().expect(201);
    for (let i = 1; i <= 10; i += 1) await name(device, `guess${i}@acme.test`, `203.0.113.${i}`).expect(200);
    const { body, headers } = await name(device, 'anna@acme.test', '203.0.113.99').expect(429);
    expect(body.code).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    const token = device.cookies.get('vtex_session') ?? '';
    const byToken = { public: { storeUserEmail: { value: 'anna@acme.test' } } };
    await new Device(shop.url).send('post', `/api/sessions/${token}`, byToken).expect(429);
    expect(await device.values('profile.priceTables')).toEqual({});
    await device.change({ own: 'x' }).expect(200);
    // An e-mail that the session already names is not a guess.
    await name(device, 'guess10@acme.test', '203.0.113.98').expect(200);
  });

  it('and is cut off at one address after sixty in an hour, in however many sessions [X-11, P-39]', async () => {
    const from = '198.51.100.20';
    const statuses: number[] = [];
    for (let i = 0; i < 61; i += 1) {
      const device = new Device(shop.url);
      const begun = device.begin({ storeUserEmail: `guess${i}@acme.test` }).set('x-forwarded-for', from);
      statuses.push((await begun).status);
    }
    expect(statuses.filter((status) => status === 201)).toHaveLength(60);
    expect(statuses.at(-1)).toBe(429);
    const device = new Device(shop.url);
    await device.begin().set('x-forwarded-for', from).expect(201);
    await device.begin({ storeUserEmail: 'a@b.test' }).set('x-forwarded-for', '198.51.100.21').expect(201);
  });
});

describe('At a tenant that requires proof for price tables', () => {
  let shop: Shop;
  afterEach(() => shop.close());

  it('an e-mail gives none to a stranger, their own to its owner, and the requested ones to an employee [X-11]', async () => {
    const opened = await openStorage();
    const settings = { vtex: { priceTablesNeedProof: true } };
    await opened.storage.tenants.create({ name: 'acme', settings });
    shop = await openShop({ opened });
    const stranger = new Device(shop.url);
    await stranger.begin({ storeUserEmail: 'anna@acme.test' }).expect(201);
    expect(await stranger.values('profile.priceTables')).toEqual({});
    const anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    const hers = new Device(shop.url);
    hers.cookies.set('VtexIdclientAutCookie_acme', anna.accessToken ?? '');
    await hers.begin().expect(201);
    expect(await hers.values('profile.priceTables')).toEqual({ 'profile.priceTables': 'gold' });
    const employee = new Device(shop.url);
    employee.cookies.set('VtexIdclientAutCookie', (await shop.service()).accessToken ?? '');
    await employee.begin({ storeUserEmail: 'anna@acme.test' }).expect(201);
    expect(await employee.values('profile.priceTables')).toEqual({ 'profile.priceTables': 'gold' });
  });
});
