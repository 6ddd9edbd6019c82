import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeApi } from '../../src/openapi.setup.js';
import { openShop, type Shop } from '../support/shop.js';

/** What the description generates from the declaration of a route. */
const CALLERS = /^Callers: .*$/m;

describe('The description of the API', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('is checked in as the code has it (npm run docs:openapi)', async () => {
    const description = `${JSON.stringify(describeApi(shop.app), null, 2)}\n`;
    await expect(description).toMatchFileSnapshot('../../openapi/openapi.json');
  });

  it('says of every operation what it does, beside who may call it [F-43]', () => {
    const operations = Object.entries(describeApi(shop.app).paths).flatMap(([path, item]) =>
      [item.get, item.post, item.put, item.patch, item.delete]
        .filter((operation) => operation !== undefined)
        .map(({ operationId, summary = '', description = '' }) => ({
          name: `${operationId} at ${path}`,
          texts: [summary, description.replace(CALLERS, '')],
        })),
    );
    const wordless = operations.filter(({ texts }) => texts.some((text) => !/\p{L}/u.test(text)));
    expect(operations.length).toBeGreaterThan(100);
    expect(wordless.map(({ name }) => name)).toEqual([]);
  });

  it('says what each group of operations is about', () => {
    const { paths, tags = [] } = describeApi(shop.app);
    const used = Object.values(paths).flatMap((item) =>
      [item.get, item.post, item.put, item.patch, item.delete].flatMap((operation) => operation?.tags ?? []),
    );
    expect([...new Set(used)].sort()).toEqual(tags.map(({ name }) => name).sort());
  });
});
