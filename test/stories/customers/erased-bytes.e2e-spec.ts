import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sweeps } from '../../../src/shared/sweeps.js';
import { type BareStorage, openBareStorage } from '../../support/erasure/bare-files.js';
import { type PlantedPerson, plantPerson } from '../../support/erasure/planted-person.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { ownLog } from '../../support/records/run-records.js';
import { openShop, type Shop } from '../../support/shop.js';
import { Subscriber } from '../../support/events/subscriber.js';

const CUSTOMERS = '/admin/acme/customers';

/** What is only ever hashed or made coarse must never be there. */
const NEVER_STORED = /^(refresh token|password$|user agent)/;
/** Another value took its place before the erasure. The store may still have it on a page that is free. */
const REPLACED = 'first name at sign-up';
const MOST_OF_A_MINUTE = 180_000;

describe('Of an erased person nothing is left', { timeout: MOST_OF_A_MINUTE }, () => {
  let opened: BareStorage;
  let shop: Shop;
  let admin: ServiceUser;
  let person: PlantedPerson;
  let logBegan: number;
  beforeAll(async () => {
    logBegan = statSync(ownLog(), { throwIfNoEntry: false })?.size ?? 0;
    opened = await openBareStorage();
    shop = await openShop({ opened, settings: { eventsWithAttributeValues: true } });
    await Subscriber.of(shop);
    admin = await shop.service();
    await shop.storage.vtexSettings.change('acme', (current) => {
      if (!current) throw new Error('the demo data have settings');
      return { ...current, impersonateInstalled: true };
    });
    person = await plantPerson(shop, admin);
  }, MOST_OF_A_MINUTE);
  afterAll(() => shop.close());

  const logged = (): Buffer => readFileSync(ownLog()).subarray(logBegan);

  it('of whom at least thirty values were in the store, and all of them in the export [P-72]', async () => {
    const { id, marked } = person;
    expect(marked.names.length).toBeGreaterThanOrEqual(30);
    const stored = marked.names.filter((name) => !NEVER_STORED.test(name) && name !== REPLACED);
    const found = marked.foundIn(await opened.files());
    expect(found, 'a search of the files finds what is there').toEqual(expect.arrayContaining(stored));
    expect(found.filter((name) => NEVER_STORED.test(name))).toEqual([]);
    const { body } = await admin.get(`${CUSTOMERS}/${id}/export`).expect(200);
    expect(marked.foundIn(Buffer.from(JSON.stringify(body)))).toEqual(stored);
    expect(body.sessions.map(({ device }: { device: string }) => device)).toEqual([
      'Safari',
      'Safari',
      'Safari',
    ]);
  });

  it('once they are erased: not in the files of the store, not in logs, not in a later export [P-72]', async () => {
    const { id, marked, devices } = person;
    const { body } = await admin
      .delete(`${CUSTOMERS}/${id}`)
      .set('X-Reason', marked.make('name in the reason of the erasure'))
      .expect(200);
    await admin
      .get(`${CUSTOMERS}/${id}`)
      .set('X-Reason', marked.make('name in the reason of a later read'))
      .expect(404);
    await admin.get('/admin/acme/audit').expect(200);
    expect(body.erased).toMatchObject({ customers: 1, addresses: 1, sessions: 4, carts: 2 });
    shop.clock.advanceSeconds(61);
    await shop.app.get(Sweeps).run();
    expect(marked.foundIn(await opened.content())).toEqual([]);
    expect(marked.foundIn(await opened.filesAfterErasure())).toEqual([]);
    expect(marked.foundIn(logged())).toEqual([]);
    for (const device of devices) await device.get('/customer/acme/me').expect(401);
    const { body: found } = await admin.get(CUSTOMERS).expect(200);
    const ids: string[] = found.items.map((one: { id: string }) => one.id);
    expect(ids).not.toContain(id);
    for (const other of ids) {
      const { body: exported } = await admin.get(`${CUSTOMERS}/${other}/export`).expect(200);
      expect(marked.foundIn(Buffer.from(JSON.stringify(exported)))).toEqual([]);
    }
  });

  it('but for the line that an erasure happened, which has no more than an id [P-72]', async () => {
    const { id } = person;
    const lines = logged().toString().split('\n');
    const told = lines.filter((line) => line.includes('a customer was erased'));
    expect(told.map((line) => JSON.parse(line))).toMatchObject([{ tenant: 'acme', customerId: id }]);
    expect(await shop.storage.erasures.find('acme', id)).toBeUndefined();
  });
});
