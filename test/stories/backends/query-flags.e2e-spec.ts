import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

interface Flagged {
  /** The operation as the API description names it. */
  readonly operation: string;
  readonly flag: string;
  /** What else the request needs before its flag matters. */
  readonly path: string;
  readonly body?: object;
}

const metadata = { version: 0 };
const item = { itemYrn: 'urn:yaas:hybris:product:product:acme;umbrella', quantity: 1 };
const price = { itemId: { itemType: 'PRODUCT', id: 'umbrella' }, currency: 'EUR', tierValues: [] };

const FLAGS: readonly Flagged[] = [
  {
    operation: 'PUT /session-context/{tenant}/context/{sessionId}',
    flag: 'upsert',
    path: '/session-context/acme/context/nobody',
    body: { metadata },
  },
  {
    operation: 'GET /cart/{tenant}/carts',
    flag: 'create',
    path: '/cart/acme/carts?siteCode=main&sessionId=none',
  },
  {
    operation: 'GET /cart/{tenant}/carts/{cartId}',
    flag: 'expandCalculation',
    path: '/cart/acme/carts/none',
  },
  {
    operation: 'PUT /cart/{tenant}/carts/{cartId}/items/{itemId}',
    flag: 'partial',
    path: '/cart/acme/carts/none/items/none',
    body: item,
  },
  { operation: 'GET /site/{tenant}/sites', flag: 'includeInactive', path: '/site/acme/sites' },
  { operation: 'GET /site/{tenant}/sites', flag: 'totalCount', path: '/site/acme/sites' },
  { operation: 'GET /site/{tenant}/siteslist', flag: 'includeInactive', path: '/site/acme/siteslist' },
  { operation: 'GET /site/{tenant}/siteslist', flag: 'totalCount', path: '/site/acme/siteslist' },
  {
    operation: 'GET /customer-management/{tenant}/contact-assignments',
    flag: 'primary',
    path: '/customer-management/acme/contact-assignments',
  },
  {
    operation: 'POST /customer/{tenant}/customers',
    flag: 'sendPasswordResetNotifications',
    path: '/customer/acme/customers',
    body: {},
  },
  {
    operation: 'PUT /customer/{tenant}/customers/{customerNumber}',
    flag: 'sendPasswordResetNotifications',
    path: '/customer/acme/customers/none',
    body: {},
  },
  {
    operation: 'GET /price/{tenant}/prices/{priceId}',
    flag: 'extendWithPriceModel',
    path: '/price/acme/prices/umbrella-eur',
  },
  {
    operation: 'PUT /price/{tenant}/prices/{priceId}',
    flag: 'partial',
    path: '/price/acme/prices/none',
    body: price,
  },
  { operation: 'GET /price/{tenant}/priceModels', flag: 'includesTax', path: '/price/acme/priceModels' },
  { operation: 'GET /price/{tenant}/priceModels', flag: 'includesMarkup', path: '/price/acme/priceModels' },
  {
    operation: 'DELETE /price/{tenant}/priceModels/{priceModelId}',
    flag: 'forceDelete',
    path: '/price/acme/priceModels/none',
  },
];

describe('A flag in a query', () => {
  let shop: Shop;
  let staff: ServiceUser;
  const send = ({ operation, path, flag, body }: Flagged, ...values: readonly string[]) => {
    const url = new URL(path, shop.url);
    for (const value of values) url.searchParams.append(flag, value);
    const target = `${url.pathname}${url.search}`;
    if (operation.startsWith('GET')) return staff.get(target);
    if (operation.startsWith('POST')) return staff.post(target, body);
    return operation.startsWith('PUT') ? staff.put(target, body) : staff.delete(target);
  };

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  it.each(FLAGS)('$flag of $operation is true or false, in any case [F-22]', async (flagged) => {
    const told = new Map<string, number>();
    for (const value of ['true', 'TRUE', 'True', 'false', 'FALSE', 'False']) {
      const { status, text } = await send(flagged, value);
      expect(text).not.toContain('must be true or false');
      told.set(value, status);
    }
    const absent = (await send(flagged)).status;
    expect([told.get('false'), told.get('true')]).toContain(absent);
    expect(told.get('TRUE')).toBe(told.get('True'));
    expect(told.get('FALSE')).toBe(told.get('False'));
  });

  it.each(FLAGS)(
    '$flag of $operation is refused for any other value, and the refusal names it [F-22]',
    async (flagged) => {
      for (const value of ['', ' ', '1', '0', 'yes', 'on', 'truee', ' true', 'null', 'undefined']) {
        const answer = await send(flagged, value).expect(400);
        expect(answer.text).toContain(`${flagged.flag}: must be true or false`);
      }
      const twice = await send(flagged, 'true', 'true').expect(400);
      expect(twice.text).toContain(flagged.flag);
    },
  );

  it('may be sent to a list as a header too, under the same rule [F-22, W-60]', async () => {
    const list = '/price/acme/prices';
    const counted = (value: string) => staff.get(list).set('X-Total-Count', value);
    const { headers } = await counted('TRUE').expect(200);
    expect(headers['x-total-count']).toMatch(/^\d+$/);
    expect((await counted('False').expect(200)).headers).not.toHaveProperty('x-total-count');
    expect((await counted('1').expect(400)).text).toContain('X-Total-Count: must be true or false');
  });

  it('is described as a boolean, and every described boolean is one of these [F-22, F-43]', () => {
    const { paths } = JSON.parse(readFileSync('openapi/openapi.json', 'utf8'));
    const described = Object.entries<Record<string, { parameters?: Parameter[] }>>(paths).flatMap(
      ([path, operations]) =>
        Object.entries(operations).flatMap(([method, { parameters = [] }]) =>
          parameters
            .filter((one) => one.in === 'query' && one.schema.type === 'boolean')
            .map(({ name }) => `${method.toUpperCase()} ${path} ${name}`),
        ),
    );
    const asked = FLAGS.map(({ operation, flag }) => `${operation} ${flag}`);
    expect(described.toSorted()).toEqual(asked.toSorted());
  });
});

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly schema: { readonly type?: string };
}
