import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServiceProcess } from '../reliability/support/service-process.js';
import { newMongoUri } from '../support/drivers.js';
import { HttpUser } from '../support/http-user.js';
import { Callers } from './callers.js';
import { type Operation, operationsOnThings } from './description.js';
import { bodyFor, makeThings, type Things } from './things.js';

/** Every shopper of the tenant may see these: what a storefront shows. */
const SHOWN = new Set(['GET /site/{tenant}/sites/{siteCode}', 'GET /price/{tenant}/prices/{priceId}']);

/** The token in the path is the right itself: of a session, of the conditions of a segment, of a mail. */
const BY_TOKEN = new Set([
  'POST /api/sessions/{sessionToken}',
  'GET /api/segments/{segmentToken}',
  'GET /customer/{tenant}/signup/optin/{token}',
]);

const REFUSED = [401, 403, 404];

const operations = operationsOnThings().filter(({ label }) => !BY_TOKEN.has(label));

describe.each(['embedded', 'mongo'])('What a shopper or a tenant has, on the %s store', (store) => {
  let service: ServiceProcess;
  let callers: Callers;
  let employee: HttpUser;
  let shoppers: readonly HttpUser[];
  let outsiders: readonly HttpUser[];
  beforeAll(async () => {
    service = await ServiceProcess.create(store === 'mongo' ? { MONGODB_URI: newMongoUri() } : {});
    await service.start();
    const { url } = service.instance;
    callers = await Callers.of(url);
    employee = new HttpUser(url, await callers.service());
    shoppers = [await callers.newCustomer(), await callers.newVisitor()];
    outsiders = [new HttpUser(url, await callers.stranger()), new HttpUser(url)];
  });
  afterAll(() => service.dispose());

  const ask = async (user: HttpUser, operation: Operation, things: Things): Promise<number> => {
    const path = operation.path.replace(/\{(\w+)\}/g, (_, id: string) =>
      encodeURIComponent(things[id] ?? ''),
    );
    const body = bodyFor(operation, things);
    return (await user[operation.method](`${path}?${operation.query}`, body)).status;
  };

  it.each(operations)('is not for others: $label [P-31]', async (operation) => {
    const owner = await callers.newCustomer();
    const things = await makeThings(owner, await callers.newVisitor(), employee);
    const others = SHOWN.has(operation.label) ? outsiders : [...shoppers, ...outsiders];
    for (const other of others) expect(REFUSED).toContain(await ask(other, operation, things));
    // The same request is good when it comes from those whose things these are.
    const rightful = [await ask(owner, operation, things), await ask(employee, operation, things)];
    expect(Math.min(...rightful), `the owner and the tenant's backend got ${rightful}`).toBeLessThan(300);
  });
});
