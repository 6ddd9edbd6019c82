import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ServiceProcess } from '../reliability/support/service-process.js';

/** Enough for the service, and far less than all of these carts. */
const HEAP_MB = 256;
const CARTS = process.env.FORM === 'full' ? 200 : 40;
const LINES = 17;
const LINE_BYTES = 60_000;
/** Four who each got all of these carts at once would be too much for the heap already. */
const EMPLOYEES = process.env.FORM === 'full' ? 8 : 4;

const PATH = '/cart/acme/carts';

describe(`Carts as large as they may be, on the ${process.env.TEST_DRIVER} store`, () => {
  let service: ServiceProcess;
  let token: string;
  beforeAll(async () => {
    service = await ServiceProcess.create({
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
      ...(process.env.TEST_DRIVER === 'mongo' && {
        MONGODB_URI: inject('mongoUri').replace(
          /^([^?]*\/)[^/?]*/,
          `$1hostile-${randomBytes(8).toString('hex')}`,
        ),
      }),
    });
    await service.start();
    const { body } = await service.instance.send({
      method: 'POST',
      path: '/oauth/token',
      body: 'grant_type=client_credentials&client_id=acme-backend&client_secret=acme-backend-secret',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    token = body.access_token;
    for (let i = 0; i < CARTS; i += 1) await fill(`customer-${i}`);
  }, 280_000);
  afterAll(() => service.dispose());

  async function fill(customerId: string): Promise<void> {
    const cart = { siteCode: 'main', currency: 'EUR', customerId };
    const made = await service.instance.send({ method: 'POST', path: PATH, token, body: cart });
    const lines = Array.from({ length: LINES }, () => ({
      itemYrn: 'urn:yaas:hybris:product:product:acme;raincoat',
      quantity: 1,
      keepAsSeparateLineItem: true,
      price: { priceId: 'raincoat-eur', originalAmount: 79, effectiveAmount: 79, currency: 'EUR' },
      mixins: { note: { text: randomBytes(LINE_BYTES / 2).toString('hex') } },
    }));
    for (const half of [lines.slice(0, 9), lines.slice(9)]) {
      const path = `${PATH}/${made.body.cartId}/itemsBatch`;
      const { status } = await service.instance.send({ method: 'POST', path, token, body: half });
      expect(status).toBe(200);
    }
  }

  const readAll = async (): Promise<number> => {
    let found = 0;
    for (let path: string | undefined = `${PATH}/search?pageSize=200`; path !== undefined;) {
      const { status, body, headers } = await service.instance.send({
        method: 'POST',
        path,
        token,
        body: {},
      });
      expect(status).toBe(200);
      found += body.length;
      [, path] = /^<([^>]+)>/.exec(String(headers['link'])) ?? [];
    }
    return found;
  };

  it(`are all found by ${EMPLOYEES} employees at once, with a heap of ${HEAP_MB} MB [X-08, X-23]`, async () => {
    const found = await Promise.all(Array.from({ length: EMPLOYEES }, readAll));
    expect(found).toEqual(Array<number>(EMPLOYEES).fill(CARTS));
    await service.answers('/health/ready');
    console.log(`${process.env.TEST_DRIVER}: ${CARTS} carts of 1 MB read by ${EMPLOYEES} at once`);
  });
});
