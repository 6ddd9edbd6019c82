/** What the operator sends to create a tenant, with something in every part. */
export const aNewTenant = (name: string, over: object = {}) => ({
  name,
  settings: { anonymousLifetimeSeconds: 600, vtex: { crossSiteCookies: true } },
  clients: [
    { clientId: `${name}-storefront`, kind: 'storefront' },
    {
      clientId: `${name}-backend`,
      kind: 'backend',
      secret: `${name}-backend-secret`,
      scopes: ['site.site_read', 'customer.customer_manage'],
    },
  ],
  sites: [
    {
      code: 'main',
      name: 'Main',
      default: true,
      defaultLanguage: 'en',
      languages: ['en'],
      currency: 'EUR',
      homeBase: { address: { country: 'DE' } },
      shipToCountries: ['DE'],
    },
  ],
  customers: [{ email: `carla@${name}.test`, password: 'carla-Password-2026' }],
  prices: [{ id: 'umbrella-eur', itemId: 'umbrella', currency: 'EUR', values: [19.9] }],
  discounts: [{ code: 'TEN', percent: 10 }],
  vtex: { customerGroups: [{ id: 'gold', priceTables: ['gold'] }] },
  ...over,
});
