import { browserStorage, type Cart, type Segment, type SessionContext, Storefront } from '@onesession/client';

/** The address of the service: `?service=` in the address of the page, or where `npm start` listens. */
const url = new URLSearchParams(location.search).get('service') ?? 'http://localhost:3000';

export const shop = new Storefront({
  url,
  tenant: 'acme',
  clientId: 'acme-storefront',
  storage: browserStorage(`acme ${url}`),
  initial: { siteCode: 'main' },
});

/** What the page shows of the session. */
export interface Visit {
  readonly context: SessionContext;
  readonly cart: Cart;
  readonly segment: Segment;
  readonly isCustomer: boolean;
  readonly region: string | undefined;
  readonly prices: ReadonlyMap<string, Price>;
}

export interface Price {
  readonly priceId: string;
  readonly originalValue: number;
  readonly effectiveValue: number;
  readonly currency: string;
}

export const PRODUCTS = [
  { id: 'umbrella', name: 'Umbrella', about: 'Opens with one hand, closes with the other.', forRain: true },
  { id: 'raincoat', name: 'Raincoat', about: 'Keeps you dry down to your knees.', forRain: true },
  { id: 'postcard', name: 'Postcard', about: 'Cheaper from ten on, and again from fifty.', forRain: false },
] as const;

export type Product = (typeof PRODUCTS)[number];

/** Reads everything that depends on the session. The first visit makes a cart, and with it the context. */
export async function visit(): Promise<Visit> {
  const known = await shop.context.read();
  const siteCode = known?.siteCode ?? 'main';
  const current = known?.cartId === undefined ? await shop.carts.current(siteCode) : undefined;
  const context = current || !known ? await shop.context.read() : known;
  if (!context) throw new Error('The session has no context');
  const [cart, segment, session, kind, prices] = await Promise.all([
    current ?? shop.carts.read(context.cartId ?? ''),
    shop.vtex.segment(),
    shop.vtex.read('checkout.regionId'),
    shop.tokens.kind(),
    pricesOfAll(),
  ]);
  const region = session.namespaces['checkout']?.['regionId']?.value;
  return {
    context,
    cart,
    segment,
    isCustomer: kind === 'customer',
    region: typeof region === 'string' ? region : undefined,
    prices,
  };
}

/** In the currency of the session, for its site, its country and the groups of its customer. */
async function pricesOfAll(): Promise<ReadonlyMap<string, Price>> {
  const items = PRODUCTS.map(({ id }) => ({
    itemId: { itemType: 'PRODUCT', id },
    quantity: { quantity: 1, unitCode: 'pc' },
  }));
  const found = await shop.request<readonly (Price & { itemId: { id: string } })[]>(
    'POST',
    '/price/acme/match-prices-by-context',
    { body: { items } },
  );
  return new Map(found.map((price) => [price.itemId.id, price]));
}

export function addToCart({ cart }: Visit, product: Product, price: Price): Promise<string> {
  return shop.carts.add(cart.id, {
    itemYrn: `urn:yaas:hybris:product:product:acme;${product.id}`,
    quantity: 1,
    price: {
      priceId: price.priceId,
      originalAmount: price.originalValue,
      effectiveAmount: price.effectiveValue,
      currency: price.currency,
    },
  });
}

/** The whole session follows its cart: context, prices and segment. */
export const changeSite = ({ cart }: Visit, site: string): Promise<void> =>
  shop.carts.changeSite(cart.id, site);

export const changeCurrency = ({ cart }: Visit, currency: string): Promise<void> =>
  shop.carts.changeCurrency(cart.id, currency);

export const setWeather = (weather: 'rain' | 'sun'): Promise<void> =>
  shop.context.setAttribute('weather', weather);

export const setPostalCode = (country: string, postalCode: string): Promise<unknown> =>
  shop.vtex.change({ country, postalCode });

/** Umbrellas first when it rains. */
export const sorted = ({ context }: Visit): readonly Product[] =>
  context.context['weather'] === 'rain' ? PRODUCTS : PRODUCTS.toSorted((a, b) => +a.forRain - +b.forRain);
