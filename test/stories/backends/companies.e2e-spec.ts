import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const BASE = '/customer-management/acme';
const ENTITIES = `${BASE}/legal-entities`;
const CONTACTS = `${BASE}/contact-assignments`;
const LOCATIONS = `${BASE}/locations`;

describe('A backend keeps companies', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let benId: string;

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    benId = (await ben.get('/customer/acme/me').expect(200)).body.id;
  });
  afterAll(() => shop.close());

  it('with locations', async () => {
    const contactDetails = {
      emails: ['hq@acme.test'],
      city: 'Berlin',
      countryCode: 'DE',
      tags: ['shipping'],
    };
    const hq = { id: 'hq', name: 'Headquarters', type: 'HEADQUARTER', contactDetails };
    expect((await staff.post(LOCATIONS, hq).expect(201)).body).toEqual({ id: 'hq' });
    const { body } = await staff.get(`${LOCATIONS}/hq`).expect(200);
    expect(body).toMatchObject({ ...hq, metadata: { version: 1 } });
    const query = 'contactDetails.email=hq%40&contactDetails.countryCode=DE&type=HEADQUARTER';
    expect((await staff.get(`${LOCATIONS}?${query}`).expect(200)).body).toHaveLength(1);
    expect((await staff.get(`${LOCATIONS}?type=OFFICE`).expect(200)).body).toEqual([]);
  });

  it('where null is the same as nothing', async () => {
    const nothing = { mixins: null, metadata: { mixins: null } };
    await staff.put(`${LOCATIONS}/bare`, { type: 'OFFICE', contactDetails: {}, ...nothing }).expect(201);
    const { body } = await staff.get(`${LOCATIONS}/bare`).expect(200);
    expect(body).not.toHaveProperty('mixins');
    await staff.put(`${ENTITIES}/bare`, { name: 'Bare', type: 'COMPANY', ...nothing }).expect(201);
    expect((await staff.get(`${ENTITIES}/bare`).expect(200)).body).not.toHaveProperty('mixins');
    await staff.delete(`${ENTITIES}/bare`).expect(204);
    await staff.delete(`${LOCATIONS}/bare`).expect(204);
  });

  it('with contacts and everything that it refers to', async () => {
    const company = {
      id: 'tools',
      name: 'Acme Tools',
      legalInfo: { legalName: 'Acme Tools GmbH', countryOfRegistration: 'DE' },
      accountLimit: { currency: 'EUR', value: 1000.99 },
      customerGroups: [{ id: 'gold', name: { en: 'Gold' } }],
      restrictions: ['DE'],
      mixins: { erp: { number: 7 } },
      metadata: { mixins: { erp: 'https://acme.test/erp.json' } },
    };
    await staff.post(ENTITIES, { ...company, entitiesAddresses: [{ id: 'hq' }] }).expect(201);
    await staff
      .post(CONTACTS, { id: 'ben', legalEntity: { id: 'tools' }, customer: { id: benId }, primary: true })
      .expect(201);
    const approvalGroup = [{ id: 'ben' }];
    const next = { ...company, type: 'COMPANY', entitiesAddresses: [{ id: 'hq' }], approvalGroup };
    await staff.put(`${ENTITIES}/tools`, next).expect(204);
    const { body } = await staff.get(`${ENTITIES}/tools`).expect(200);
    expect(body).toMatchObject({
      ...company,
      entitiesAddresses: [{ id: 'hq', name: 'Headquarters' }],
      approvalGroup: [
        { id: 'ben', legalEntity: { id: 'tools' }, customer: { id: benId, email: 'ben@acme.test' } },
      ],
      metadata: { version: 2, mixins: { erp: 'https://acme.test/erp.json' } },
    });
    const { body: contact } = await staff.get(`${CONTACTS}/ben`).expect(200);
    expect(contact).toMatchObject({ type: 'CONTACT', primary: true, legalEntity: { name: 'Acme Tools' } });
  });

  it('and finds them, in pages, with a total on request [W-60, W-61]', async () => {
    await staff.post(ENTITIES, { id: 'sub', name: 'Sub', type: 'SUBSIDIARY', parentId: 'tools' }).expect(201);
    const page = await staff
      .get(`${ENTITIES}?sort=name:desc&pageSize=1`)
      .set('X-Total-Count', 'true')
      .expect(200);
    expect(page.headers['x-total-count']).toBe('2');
    expect(page.body).toMatchObject([{ id: 'sub' }]);
    const legal = await staff.get(`${ENTITIES}?legalInfo.legalName=Tools&fields=id`).expect(200);
    expect(legal.body).toEqual([{ id: 'tools' }]);
    expect((await staff.post(`${ENTITIES}/search`, { q: 'parentId:tools' }).expect(200)).body).toHaveLength(
      1,
    );
    const contacts = await staff.get(`${CONTACTS}?legalEntity.id=tools&primary=true`).expect(200);
    expect(contacts.body).toMatchObject([{ id: 'ben', customer: { name: 'Ben' } }]);
    await staff.get(`${ENTITIES}?sort=legalInfo`).expect(400);
  });

  it.each([
    ['legal-entities', 'name', 'ACME t', 'tools'],
    ['legal-entities', 'legalInfo.legalName', 'gmbh', 'tools'],
    ['legal-entities', 'legalInfo.countryOfRegistration', 'd', 'tools'],
    ['legal-entities', 'id', 'TOOLS', 'tools'],
    ['locations', 'name', 'headQ', 'hq'],
    ['locations', 'contactDetails.city', 'BERLIN', 'hq'],
    ['locations', 'contactDetails.email', 'HQ@Acme', 'hq'],
  ])('and finds %s by %s in any case', async (kind, field, value, id) => {
    const path = `${BASE}/${kind}?fields=id&${field}=${encodeURIComponent(value)}`;
    expect((await staff.get(path).expect(200)).body).toEqual([{ id }]);
  });

  it('and finds no legal entity by a part of its id', async () => {
    expect((await staff.get(`${ENTITIES}?id=tool`).expect(200)).body).toEqual([]);
  });

  it('and reads the line of parents, the lowest first', async () => {
    const { body } = await staff.get(`${ENTITIES}/sub/parent-hierarchy`).expect(200);
    expect(body.map(({ id }: { id: string }) => id)).toEqual(['sub', 'tools']);
    await staff.get(`${ENTITIES}/none/parent-hierarchy`).expect(404);
  });

  it('replaces each whole, from the version that was read [W-46, D-08]', async () => {
    const office = { type: 'OFFICE', contactDetails: {} };
    await staff.put(`${LOCATIONS}/new`, { ...office, metadata: { version: 1 } }).expect(404);
    expect((await staff.put(`${LOCATIONS}/new`, office).expect(201)).body).toEqual({ id: 'new' });
    await staff.put(`${LOCATIONS}/new`, { ...office, name: 'A', metadata: { version: 1 } }).expect(204);
    const { body } = await staff.put(`${LOCATIONS}/new`, { ...office, metadata: { version: 1 } }).expect(409);
    expect(body).toMatchObject({ code: 409, message: expect.stringContaining('version') });
    await staff.delete(`${LOCATIONS}/new`).expect(204);
    await staff.delete(`${LOCATIONS}/new`).expect(404);
  });

  it.each([
    ['legal-entities', () => ({ name: 'One', type: 'COMPANY' })],
    [
      'contact-assignments',
      () => ({ legalEntity: { id: 'tools' }, customer: { id: benId }, type: 'BILLING' }),
    ],
    ['locations', () => ({ type: 'WAREHOUSE', contactDetails: {} })],
  ])(
    'of each kind under an id of its own, from creation to removal: %s [W-46, D-08]',
    async (kind, bodyOf) => {
      const one = `${BASE}/${kind}/one`;
      const stale = { ...bodyOf(), metadata: { version: 1 } };
      await staff.get(one).expect(404);
      await staff.put(one, stale).expect(404);
      await staff.put(one, bodyOf()).expect(201);
      await staff.put(one, stale).expect(204);
      await staff.put(one, stale).expect(409);
      await staff.post(`${BASE}/${kind}`, { ...bodyOf(), id: 'one' }).expect(409);
      expect((await staff.get(one).expect(200)).body.metadata.version).toBe(2);
      await staff.delete(one).expect(204);
      await staff.delete(one).expect(404);
    },
  );

  it.each([
    ['legal-entities', { name: 'X', parentId: 'none' }, 'parentId'],
    ['legal-entities', { name: 'X', entitiesAddresses: [{ id: 'none' }] }, 'entitiesAddresses'],
    ['legal-entities', { name: 'X', approvalGroup: [{ id: 'none' }] }, 'approvalGroup'],
    ['legal-entities', { name: 'X', id: 'a/b' }, 'id'],
    ['legal-entities', { name: 'X', restrictions: ['a', 'b'] }, 'restrictions'],
    ['contact-assignments', { legalEntity: { id: 'none' }, customer: { id: 'x' } }, 'legalEntity'],
    ['contact-assignments', { legalEntity: { id: 'tools' }, customer: { id: 'x' } }, 'customer'],
    ['locations', { type: 'CAVE', contactDetails: {} }, 'type'],
    ['locations', { type: 'OFFICE' }, 'contactDetails'],
  ])('but nothing that does not fit, in %s: %j [W-45]', async (path, body, field) => {
    const { body: refusal } = await staff.post(`${BASE}/${path}`, body).expect(400);
    expect(refusal.message).toContain(field);
  });

  it('and no company below itself, and none twice', async () => {
    const loop = { name: 'Acme Tools', type: 'COMPANY', parentId: 'sub' };
    await staff.put(`${ENTITIES}/tools`, loop).expect(400);
    await staff.post(ENTITIES, { id: 'tools', name: 'Again' }).expect(409);
  });

  it('each with the scope for it alone', async () => {
    const reader = await shop.service(
      'acme-backend',
      'acme-backend-secret',
      'customermanagement.location_read',
    );
    await reader.get(LOCATIONS).expect(200);
    await reader.post(LOCATIONS, { type: 'OFFICE', contactDetails: {} }).expect(403);
    await reader.get(ENTITIES).expect(403);
    await reader.get(CONTACTS).expect(403);
  });
});
