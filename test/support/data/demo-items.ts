/** Items as a storefront sends them, at prices of the demo data. */
const PRICES = {
  'umbrella-eur': { product: 'umbrella', amount: 19.9, currency: 'EUR' },
  'umbrella-usd': { product: 'umbrella', amount: 24.9, currency: 'USD' },
  'raincoat-eur': { product: 'raincoat', amount: 79, currency: 'EUR' },
  'raincoat-usd': { product: 'raincoat', amount: 89, currency: 'USD' },
  /** From 10 on, each further piece costs 1.20; from 50 on, 0.90. */
  'postcard-eur': { product: 'postcard', amount: 1.5, currency: 'EUR' },
} as const;

export type DemoPrice = keyof typeof PRICES;

export const yrnOf = (product: string): string => `urn:yaas:hybris:product:product:acme;${product}`;

export function demoItem(priceId: DemoPrice, quantity = 1, over: object = {}) {
  const { product, amount, currency } = PRICES[priceId];
  return {
    itemYrn: yrnOf(product),
    quantity,
    price: { priceId, originalAmount: amount, effectiveAmount: amount, currency },
    ...over,
  };
}
