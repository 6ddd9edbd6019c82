import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../support/records/asked.js';
import type { CustomerUser, HttpUser, ServiceUser } from '../../support/people/http-user.js';
import { expectRefusal } from '../../support/records/refusals.js';
import { openShop, type Shop } from '../../support/shop.js';
import { DESCRIBED } from '../../wire/operations.js';

/** Open to every service of the tenant, whatever its scopes. */
const FOR_ANY_SERVICE = new Set([
  'GET /site/{tenant}/sites',
  'GET /site/{tenant}/sites/{siteCode}',
  'GET /price/{tenant}/prices',
  'GET /price/{tenant}/prices/{priceId}',
  'POST /admin/{tenant}/console-links',
]);

/** Of the Universal Commerce Protocol. */
const said = ({ content }: { content: string }): string => content.replace('User not authorized: ', '');

describe('Every operation that requires a token', () => {
  const guarded = DESCRIBED.filter(({ asksForToken }) => asksForToken);
  let shop: Shop;
  let customer: CustomerUser;
  let strangers: readonly HttpUser[];
  let ofClients: ServiceUser;
  let ofSettings: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    customer = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    strangers = [await shop.service('globex-backend'), await shop.visitor({ tenant: 'globex' })];
    const withScope = (scope: string) => shop.service('acme-backend', 'acme-backend-secret', scope);
    ofClients = await withScope('client.client_manage');
    ofSettings = await withScope('vtex.settings_manage');
  });
  afterAll(() => shop.close());

  it.each(guarded)('refuses a missing or made-up token: $name [W-43]', async (operation) => {
    for (const nobody of [shop.http, shop.as('made.up.token')]) {
      expectRefusal(operation, 401, await ask(nobody, operation));
    }
  });

  it.each(guarded.filter(({ template }) => template.includes('{tenant}')))(
    'refuses a token of another tenant, in the path or in the header: $name [W-41, C-12, W-44, P-30, P-34]',
    async (operation) => {
      for (const stranger of strangers) {
        const response = await ask(stranger, operation);
        expectRefusal(operation, 403, response);
        const { message = response.body.detail ?? response.body.messages[0].content } = response.body;
        expect(message).toBe('The token belongs to another tenant');
      }
      expectRefusal(operation, 403, await ask(customer, operation).set('emporix-tenant', 'globex'));
    },
  );

  it.each(guarded.filter(({ name }) => !FOR_ANY_SERVICE.has(name)))(
    'refuses a service without a scope for it, and says which is missing: $name [C-05, W-44, X-18, P-18, P-32]',
    async (operation) => {
      const withoutScope = operation.template.includes('/clients') ? ofSettings : ofClients;
      const response = await ask(withoutScope, operation);
      expectRefusal(operation, 403, response);
      const { message, messages, details = messages?.map(said) ?? response.body.errors } = response.body;
      if (details === undefined) expect(message).toMatch(/^This route (is for shoppers: use|needs) /);
      else {
        expect(details).toEqual([expect.stringMatching(/^missing scope: \w+\.\w+/)]);
        expect(response.headers['www-authenticate']).toMatch(
          /^Bearer realm="onesession", error="insufficient_scope", scope="\w+\.\w+/,
        );
      }
    },
  );

  it.each(guarded.filter(({ template }) => template.startsWith('/admin/')))(
    'refuses a shopper: $name [W-44]',
    async (operation) => {
      expectRefusal(operation, 403, await ask(customer, operation));
    },
  );
});
