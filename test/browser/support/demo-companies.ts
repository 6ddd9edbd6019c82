import type { DemoShopper, DemoShoppers } from './demo-shoppers.js';

const COMPANIES = '/customer-management/acme';
const LISTS = '/price/acme/price-lists';

/** Companies that Ben buys for, and a price list for one of them. */
export class DemoCompanies {
  private constructor(
    private readonly shoppers: DemoShoppers,
    private readonly token: string,
  ) {}

  static async open(shoppers: DemoShoppers): Promise<DemoCompanies> {
    return new DemoCompanies(shoppers, await shoppers.backend());
  }

  async make(buyerId: string): Promise<void> {
    const office = {
      name: 'Main office',
      type: 'OFFICE',
      contactDetails: {
        addressLine1: 'Unter den Linden 1',
        postcode: '10117',
        city: 'Berlin',
        countryCode: 'DE',
      },
    };
    await this.put('locations/berlin', office);
    await this.put('legal-entities/acme-group', { name: 'Acme Group', type: 'COMPANY' });
    await this.put('legal-entities/acme-tools', {
      name: 'Acme Tools',
      type: 'SUBSIDIARY',
      parentId: 'acme-group',
      customerGroups: [{ id: 'craft' }],
      entitiesAddresses: [{ id: 'berlin' }],
      accountLimit: { currency: 'EUR', value: 1000 },
      legalInfo: { legalName: 'Acme Tools GmbH', taxRegistrationNumber: 'DE123456789' },
    });
    const assignment = { legalEntity: { id: 'acme-tools' }, customer: { id: buyerId }, primary: true };
    await this.put('contact-assignments/ben-at-tools', { ...assignment, type: 'BILLING' });
    await this.shoppers.send('PUT', `${LISTS}/wholesale`, this.token, {
      name: { en: 'Wholesale', de: 'Großhandel' },
      siteCode: 'main',
      currency: 'EUR',
      countries: ['DE'],
      legalEntityId: 'acme-tools',
      validity: { from: '2026-01-01T00:00:00.000Z' },
    });
  }

  /** Adds prices of items `item-1` and so on to the list. */
  async addPrices(count: number): Promise<void> {
    const prices = Array.from({ length: count }, (_, i) => ({
      itemId: { itemType: 'PRODUCT', id: `item-${i + 1}` },
      tierValues: [{ priceValue: i + 1 }],
    }));
    await this.shoppers.send('POST', `${LISTS}/wholesale/prices/bulk`, this.token, prices);
  }

  /** From now on the shopper buys for the company. */
  async actFor(shopper: DemoShopper, company: string): Promise<void> {
    const query = new URLSearchParams({ refreshToken: shopper.refreshToken ?? '', legalEntityId: company });
    await this.shoppers.send('GET', `/customer/acme/refreshauthtoken?${query}`, shopper.token);
  }

  private async put(path: string, body: object): Promise<void> {
    await this.shoppers.send('PUT', `${COMPANIES}/${path}`, this.token, body);
  }
}
