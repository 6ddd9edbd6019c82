import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const ADDRESSES = '/customer/acme/me/addresses';

describe('A customer manages her addresses', () => {
  let shop: Shop;
  let ben: CustomerUser;
  let home: string;
  let office: string;
  beforeAll(async () => {
    shop = await openShop();
    ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
  });
  afterAll(() => shop.close());

  const defaults = async (): Promise<string[]> => {
    const { body } = await ben.get(ADDRESSES).expect(200);
    return body.filter((a: { isDefault: boolean }) => a.isDefault).map((a: { id: string }) => a.id);
  };
  const add = async (address: object): Promise<string> =>
    (await ben.post(ADDRESSES, address).expect(201)).body.id;

  const full = {
    contactName: 'Ben Demo',
    companyName: 'Emporium',
    street: 'Platz der Republik',
    streetNumber: '1',
    streetAppendix: '',
    extraLine1: '1',
    extraLine2: '2',
    extraLine3: '3',
    extraLine4: '4',
    zipCode: '11011',
    city: 'Berlin',
    country: 'DE',
    state: 'Berlin',
    contactPhone: '123456789',
    tags: ['BILLING', 'SHIPPING'],
  };

  it('and has none at first [W-20]', async () => {
    expect((await ben.get(ADDRESSES).expect(200)).body).toEqual([]);
  });

  it('and adds the first one, which is the default, and reads it back [W-20]', async () => {
    const { body } = await ben.post(ADDRESSES, full).expect(201);
    home = body.id;
    expect(body).toEqual({ id: expect.any(String) });
    const address = { ...full, id: home, isDefault: true, mixins: {}, metadata: { mixins: {} } };
    expect((await ben.get(`${ADDRESSES}/${home}`).expect(200)).body).toEqual(address);
    expect((await ben.get(ADDRESSES).expect(200)).body).toEqual([address]);
  });

  it('and adds another one and makes it the default for shipping [W-20]', async () => {
    office = await add({ city: 'Wien', country: 'AT', tags: ['SHIPPING'] });
    expect(await defaults()).toEqual([home]);
    await ben.patch(`${ADDRESSES}/${office}`, { isDefault: true }).expect(200);
    expect(await defaults()).toEqual([office]);
  });

  it('and changes single fields, by PATCH or by PUT [W-20, C-01]', async () => {
    const patched = await ben.patch(`${ADDRESSES}/${home}`, { city: 'Potsdam', state: null }).expect(200);
    expect(patched.body).toMatchObject({ street: full.street, city: 'Potsdam', tags: full.tags });
    expect(patched.body).not.toHaveProperty('state');
    const put = await ben.put(`${ADDRESSES}/${home}`, { zipCode: '14467' }).expect(200);
    expect(put.body).toMatchObject({ street: full.street, city: 'Potsdam', zipCode: '14467' });
  });

  it('and sends one back as it was read, with additional fields of the client’s [C-02]', async () => {
    const { body: read } = await ben.get(`${ADDRESSES}/${office}`).expect(200);
    const sent = { ...read, id: 'other', origin: 'profile', metadata: { version: 99, mixins: {} } };
    expect((await ben.put(`${ADDRESSES}/${office}`, sent).expect(200)).body).toEqual(read);
  });

  it('and tags an address and removes the tags [W-20]', async () => {
    await ben.post(`${ADDRESSES}/${office}/tags?tags=BILLING,HOLIDAY`).expect(204);
    expect((await ben.get(`${ADDRESSES}/${office}`)).body.tags).toEqual(['SHIPPING', 'BILLING', 'HOLIDAY']);
    await ben.delete(`${ADDRESSES}/${office}/tags?tags=BILLING,HOLIDAY,NEVER`).expect(204);
    expect((await ben.get(`${ADDRESSES}/${office}`)).body.tags).toEqual(['SHIPPING']);
    for (const query of ['', '?tags=', '?tags=,', '?tags[$ne]=x']) {
      const path = `${ADDRESSES}/${office}/tags${query}`;
      for (const call of [ben.post(path), ben.delete(path)]) {
        const { body } = await call.expect(400);
        expect(body.details).toContainEqual({ field: 'tags', message: expect.any(String) });
      }
    }
  });

  it('and deletes the default one, which the next with its tag replaces [W-20]', async () => {
    await ben.delete(`${ADDRESSES}/${office}`).expect(204);
    expect(await defaults()).toEqual([home]);
    await ben.delete(`${ADDRESSES}/${office}`).expect(404);
  });

  it('and is told of an address that does not exist, by every method [W-20]', async () => {
    const { body: me } = await ben.get('/customer/acme/me').expect(200);
    const message = `Address nowhere of customer ${me.id} not found.`;
    const [one, tags] = [`${ADDRESSES}/nowhere`, `${ADDRESSES}/nowhere/tags?tags=BILLING`];
    const calls = [
      ben.get(one),
      ben.patch(one, {}),
      ben.put(one, {}),
      ben.delete(one),
      ben.post(tags),
      ben.delete(tags),
    ];
    for (const call of calls) {
      expect((await call.expect(404)).body).toEqual({ type: 'resource_not_found', status: 404, message });
    }
  });

  it("and can't reach the address of another customer [P-31]", async () => {
    const anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    await anna.get(`${ADDRESSES}/${home}`).expect(404);
    await anna.patch(`${ADDRESSES}/${home}`, { city: 'Rome' }).expect(404);
    await anna.delete(`${ADDRESSES}/${home}`).expect(404);
    expect((await ben.get(`${ADDRESSES}/${home}`).expect(200)).body.city).toBe('Potsdam');
  });

  it.each([
    [{ country: 'ZZ' }, 'country'],
    [{ country: 'Germany' }, 'country'],
    [{ city: 7 }, 'city'],
    [{ tags: 'BILLING' }, 'tags'],
    [{ tags: ['a,b'] }, 'tags'],
    [{ isDefault: 'yes' }, 'isDefault'],
    [{ mixins: 'none' }, 'mixins'],
  ])('and is refused %j, and told which field is wrong: %s [W-45]', async (wrong, field) => {
    const one = `${ADDRESSES}/${home}`;
    for (const call of [ben.post(ADDRESSES, wrong), ben.patch(one, wrong), ben.put(one, wrong)]) {
      const { body } = await call.expect(400);
      expect(body).toMatchObject({ type: 'bad_request', status: 400 });
      expect(body.details).toContainEqual({ field, message: expect.any(String) });
    }
  });

  it('and stores the tenant’s own data under any name [D-14]', async () => {
    const mixins = '{"__proto__":{"polluted":1},"a.b":{"$set":null}}';
    const { body } = await ben.post(ADDRESSES).type('json').send(`{"mixins":${mixins}}`).expect(201);
    const { text } = await ben.get(`${ADDRESSES}/${body.id}`).expect(200);
    expect(text).toContain(`"mixins":${mixins}`);
    expect('polluted' in {}).toBe(false);
  });

  it('and loses none of thirty that are added at once, and has at most a hundred [W-20]', async () => {
    const { body: before } = await ben.get(ADDRESSES).expect(200);
    const added = await Promise.all(Array.from({ length: 30 }, (_, i) => add({ city: `City ${i}` })));
    const { body: after } = await ben.get(ADDRESSES).expect(200);
    expect(after).toHaveLength(before.length + 30);
    expect(after.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(added));
    await Promise.all(Array.from({ length: 100 - after.length }, () => add({})));
    const { body } = await ben.post(ADDRESSES, {}).expect(400);
    expect(body.details).toEqual([{ field: 'addresses', message: expect.any(String) }]);
  });
});
