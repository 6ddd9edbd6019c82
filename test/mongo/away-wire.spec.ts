import type { Response, Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { ask } from '../support/records/asked.js';
import { Device } from '../support/people/device.js';
import { asOpened } from '../support/store/drivers.js';
import { type ReplicaSet, startReplicaSet } from '../support/mongo/mongod.js';
import { expectRefusal } from '../support/records/refusals.js';
import { HandoverLinks } from '../support/data/handover-links.js';
import { openShop, type Shop } from '../support/shop.js';
import { DESCRIBED, type DescribedOperation } from '../wire/operations.js';

const STOREFRONT = { tenant: 'acme', client_id: 'acme-storefront' };
const CREDENTIALS = {
  grant_type: 'client_credentials',
  client_id: 'acme-backend',
  client_secret: 'acme-backend-secret',
};

/** After this the client of a token is read again. */
const REMEMBERED_SECONDS = 5;

describe('While the store is away', { timeout: 60_000 }, () => {
  const needStore = DESCRIBED.filter(({ statuses }) => statuses.includes(503));
  const needNone = DESCRIBED.filter(({ statuses }) => !statuses.includes(503));
  const answers = new Map<string, Response>();
  let set: ReplicaSet;
  let shop: Shop;

  beforeAll(async () => {
    set = await startReplicaSet(1);
    const storage = MongoStorage.open(set.uri.replace('/?', '/wire?'));
    await storage.prepare();
    shop = await openShop({ opened: asOpened(storage) });
    const send = await senderOf(shop);
    shop.clock.advanceSeconds(REMEMBERED_SECONDS);
    await set.members[0]?.kill();
    await Promise.all(DESCRIBED.map(async (operation) => answers.set(operation.name, await send(operation))));
  }, 90_000);
  afterAll(async () => {
    await shop.close();
    await set.stop();
  });

  it.each(needStore.filter(({ template }) => template !== '/health/ready'))(
    'an operation says so, and when to come again: $name [P-70]',
    (operation) => expectRefusal(operation, 503, answers.get(operation.name) as Response),
  );

  it('GET /health/ready names the store', () => {
    const { status, body } = answers.get('GET /health/ready') as Response;
    expect({ status, body }).toMatchObject({
      status: 503,
      body: { status: 'error', error: { store: { status: 'down', driver: 'mongo' } } },
    });
  });

  it.each(needNone)('what needs none answers as ever: $name', ({ name }) => {
    expect(answers.get(name)?.status).toBe(200);
  });
});

const OF_THE_OPERATOR = /^\/admin\/(?:tenants|signing-keys|stored-secrets)\b/;

/** What asks for a token gets that of an employee, or the operator's. */
async function senderOf(shop: Shop): Promise<(operation: DescribedOperation) => Test> {
  const guest = await shop.visitor();
  const { refreshToken, accessToken: token } = guest;
  const link = await new HandoverLinks(shop).of(guest);
  const { body: cookies } = await new Device(shop.url).begin().expect(201);
  const staff = await shop.service();
  const operator = await shop.operator();
  return (operation) => {
    const { template, asksForToken } = operation;
    if (asksForToken) return ask(OF_THE_OPERATOR.test(template) ? operator : staff, operation);
    const request = ask(shop.http, operation, cookies);
    if (template.startsWith('/oauth/')) return request.type('form').send({ ...CREDENTIALS, token });
    if (template.startsWith('/customerlogin/'))
      return request.query({ ...STOREFRONT, refresh_token: refreshToken });
    if (template === '/console/sign-in') return request.send({ code: 'c'.repeat(43) });
    if (/\/handover\b/.test(template)) return request.send({ ...STOREFRONT, token: link });
    if (template.startsWith('/api/vtexid/')) return request.query({ an: 'acme' }).send({ token });
    if (template.startsWith('/api/')) return request.query({ an: 'acme' });
    return request;
  };
}
