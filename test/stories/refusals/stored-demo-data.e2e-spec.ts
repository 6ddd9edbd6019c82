import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoredDemoData } from '../../../src/bootstrap/index.js';
import { WrongConfiguration } from '../../../src/config/config.schema.js';
import { CustomerRepository } from '../../../src/customer/index.js';
import { ClientRepository, hashSecret } from '../../../src/oauth/index.js';
import { openShop, type Shop } from '../../support/shop.js';

describe('A store that a start with the demo data has filled [X-05]', () => {
  let shop: Shop;
  let stored: StoredDemoData;
  beforeAll(async () => {
    shop = await openShop();
    stored = shop.app.get(StoredDemoData);
  });
  afterAll(() => shop.close());

  it('is refused, naming each record that a published secret opens', async () => {
    const refusal = stored.refuse();
    await expect(refusal).rejects.toThrow(WrongConfiguration);
    for (const name of [
      'client acme-backend of acme',
      'client acme-readonly of acme',
      'client acme-agent of acme',
      'client globex-backend of globex',
      'customer anna@acme.test of acme',
      'customer ben@acme.test of acme',
    ]) {
      await expect(refusal).rejects.toThrow(name);
    }
  });

  it('is accepted once they have other secrets or are gone', async () => {
    const clients = shop.app.get(ClientRepository);
    const customers = shop.app.get(CustomerRepository);
    const secrets = [{ hash: hashSecret('a secret of my own') }];
    await clients.change('acme', 'acme-backend', (client) => ({ ...client, secrets }));
    await clients.remove('acme', 'acme-readonly');
    await clients.remove('acme', 'acme-agent');
    await clients.remove('acme', 'acme-support');
    await clients.remove('globex', 'globex-backend');
    await expect(stored.refuse()).rejects.toThrow(
      /whose secrets anybody knows: customer anna@acme\.test of acme, customer ben@acme\.test of acme\.\n/,
    );
    for (const email of ['anna@acme.test', 'ben@acme.test']) {
      const { id } = (await customers.findByEmail('acme', email)) ?? {};
      if (id === undefined) throw new Error(`There is no ${email}`);
      await customers.change('acme', id, ({ passwordHash: _published, ...customer }) => customer);
    }
    await stored.refuse();
  });
});
