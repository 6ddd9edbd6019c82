import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Callers } from '../../support/access/callers.js';
import { allOperations, type Operation, pathOf } from '../../support/access/operations.js';
import { bodyFor, makeThings, type Things } from '../../support/access/things.js';
import { HttpUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

/** Every shopper of the tenant may see these, because a storefront shows them. */
const SHOWN = new Set(['GET /site/{tenant}/sites/{siteCode}', 'GET /price/{tenant}/prices/{priceId}']);

/** The token in the path grants access: to a session, to the conditions of a segment, or to a mailed action. */
const BY_TOKEN = new Set([
  'POST /api/sessions/{sessionToken}',
  'GET /api/segments/{segmentToken}',
  'GET /customer/{tenant}/signup/optin/{token}',
]);

/** The operator's alone, for all tenants; see `test/stories/admin`. */
const OF_THE_OPERATOR = /^\/admin\/(?:tenants|signing-keys|stored-secrets)\b/;

const REFUSED = [401, 403, 404];

/** Well-formed, so that it is looked up. */
const missingOf = (id: string): string => (id === 'discountIndex' ? '99' : 'no-such-thing');

const operations = allOperations().filter(
  ({ label, path, ids }) => ids.length > 0 && !BY_TOKEN.has(label) && !OF_THE_OPERATOR.test(path),
);

describe('What belongs to a shopper or a tenant', () => {
  let shop: Shop;
  let callers: Callers;
  let employee: HttpUser;
  let shoppers: readonly HttpUser[];
  let outsiders: readonly HttpUser[];
  beforeAll(async () => {
    shop = await openShop();
    callers = await Callers.of(shop.url);
    employee = new HttpUser(shop.url, await callers.service());
    shoppers = [await callers.newCustomer(), await callers.newVisitor()];
    outsiders = [new HttpUser(shop.url, await callers.stranger()), new HttpUser(shop.url)];
  });
  afterAll(() => shop.close());

  const ask = (user: HttpUser, operation: Operation, things: Things) =>
    user[operation.method](pathOf(operation, things), bodyFor(operation, things));

  it.each(operations)(
    'is closed to others, whether or not it exists: $label [P-30, P-31]',
    async (operation) => {
      const owner = await callers.newCustomer();
      const made = await makeThings(owner, await callers.newVisitor(), employee);
      // Customers end sessions of their own; every other route takes the guest's.
      const things = operation.path.includes('/me/sessions/')
        ? { ...made, sessionId: owner.sessionId }
        : made;
      const missing = { ...things, ...Object.fromEntries(operation.ids.map((id) => [id, missingOf(id)])) };
      for (const other of SHOWN.has(operation.label) ? outsiders : [...shoppers, ...outsiders]) {
        const { status, body } = await ask(other, operation, things);
        expect(REFUSED).toContain(status);
        const nothing = await ask(other, operation, missing);
        expect(nothing.status).toBe(status);
        expect(withoutIds(nothing.body, missing)).toEqual(withoutIds(body, things));
      }
      // The same request is accepted from the owner.
      const rightful = [
        (await ask(owner, operation, things)).status,
        (await ask(employee, operation, things)).status,
      ];
      expect(Math.min(...rightful), `the owner and the tenant's backend got ${rightful}`).toBeLessThan(300);
    },
  );
});

/** A refusal repeats the requested ids. */
function withoutIds(body: unknown, things: Things): unknown {
  const ids = Object.values(things).filter((id) => id.length > 3);
  return JSON.parse(ids.reduce((text, id) => text.replaceAll(id, 'id'), JSON.stringify(body)));
}
