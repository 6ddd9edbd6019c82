import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeApi } from '../../src/openapi.setup.js';
import { openShop, type Shop } from '../support/shop.js';

describe('The description of the API', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('is checked in as the code has it (npm run docs:openapi)', async () => {
    const description = `${JSON.stringify(describeApi(shop.app), null, 2)}\n`;
    await expect(description).toMatchFileSnapshot('../../openapi/openapi.json');
  });

  it('says what each group of operations is about', () => {
    const { paths, tags = [] } = describeApi(shop.app);
    const used = Object.values(paths).flatMap((item) =>
      [item.get, item.post, item.put, item.patch, item.delete].flatMap((operation) => operation?.tags ?? []),
    );
    expect([...new Set(used)].sort()).toEqual(tags.map(({ name }) => name).sort());
  });
});
