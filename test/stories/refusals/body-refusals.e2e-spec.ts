import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../support/records/asked.js';
import { expectRefusal } from '../../support/records/refusals.js';
import { openShop, type Shop } from '../../support/shop.js';
import { DESCRIBED } from '../../wire/operations.js';

const LIMIT = 1024;
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** All others take JSON. */
const TAKE_FORMS = '/oauth/';

describe('Every operation that takes a body', () => {
  const takingBodies = DESCRIBED.filter(({ statuses }) => statuses.includes(413)).map((operation) => ({
    ...operation,
    ...(operation.template.startsWith(TAKE_FORMS)
      ? { taken: FORM, foreign: JSON_TYPE }
      : { taken: JSON_TYPE, foreign: FORM }),
  }));
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop({ env: { BODY_LIMIT_BYTES: String(LIMIT) } })));
  afterAll(() => shop.close());

  it.each(takingBodies)('refuses one that is too large: $name [P-45]', async ({ taken, ...operation }) => {
    const request = ask(shop.http, operation).type(taken);
    expectRefusal(operation, 413, await request.send({ more: 'x'.repeat(LIMIT) }));
  });

  it.each(takingBodies)(
    'refuses one of another content type: $name [P-47]',
    async ({ foreign, ...operation }) => {
      // Beacons send JSON as plain text (F-64).
      const more = operation.template.startsWith('/api/sessions') ? [] : ['text/plain'];
      for (const type of [foreign, ...more, 'application/xml']) {
        expectRefusal(operation, 415, await ask(shop.http, operation).type(type).send('a=1'));
      }
    },
  );

  // Libraries add their usual type to every POST, with a body or without (RFC 9110 section 8.3).
  it.each(takingBodies.filter(({ taken }) => taken === JSON_TYPE))(
    'does not mind the content type of an empty one: $name [F-21]',
    async (operation) => {
      const request = ask(shop.http, operation).set('content-length', '0').type(FORM);
      expect((await request.send()).status).not.toBe(415);
    },
  );

  it.each(takingBodies.filter(({ taken }) => taken === JSON_TYPE))(
    'refuses one that is not JSON: $name [W-45]',
    async (operation) => {
      for (const text of ['{"half":', 'a=1', '[1e999]']) {
        expectRefusal(operation, 400, await ask(shop.http, operation).type('json').send(text));
      }
    },
  );
});

describe('The refusal of a body that is too large', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('names the setting that is the limit, and none where the limit is fixed', async () => {
    const text = 'x'.repeat(1_100_000);
    const json = await shop.http.post('/api/sessions?an=acme', { text }).expect(413);
    expect(json.body.message).toBe('The body is larger than 1048576 bytes (setting BODY_LIMIT_BYTES)');
    const form = await shop.http.post('/oauth/token').type(FORM).send({ text }).expect(413);
    expect(form.body.error_description).toBe('The body is larger than 16384 bytes');
  });
});
