import { demoItem } from '../../support/data/demo-items.js';

type Json = ReturnType<JSON['parse']>;

export interface DemoShopper {
  readonly token: string;
  readonly sessionId: string;
  /** Of a customer. */
  readonly refreshToken?: string;
  readonly cartId?: string;
}

/** What storefronts and employees send, so that the console has something to show. */
export class DemoShoppers {
  constructor(private readonly url: string) {}

  async send(method: string, path: string, token?: string, body?: unknown): Promise<Json> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** A guest, as the README's first commands make one. */
  async guest(query = ''): Promise<DemoShopper> {
    const login = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
    const { access_token: token, sessionId } = await this.send('GET', `${login}${query}`);
    return { token, sessionId };
  }

  async guestWithCart(siteCode: string, currency: string, query = ''): Promise<DemoShopper> {
    return this.withCart(await this.guest(query), siteCode, currency);
  }

  /** Anna of the demo data, or somebody else, with a cart of two umbrellas. */
  async customer(email: string, password: string, siteCode: string, currency: string): Promise<DemoShopper> {
    const { token, sessionId } = await this.guest();
    const login = await this.send('POST', '/customer/acme/login', token, { email, password });
    const shopper = { token: login.access_token, refreshToken: login.refresh_token, sessionId };
    return this.withCart(shopper, siteCode, currency);
  }

  /** Returns a token of a client of the demo data. */
  async backend(clientId = 'acme-backend', secret = `${clientId}-secret`): Promise<string> {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
    });
    const response = await fetch(`${this.url}/oauth/token`, { method: 'POST', body });
    if (!response.ok) throw new Error(`${clientId} gets no token: ${response.status}`);
    const { access_token }: { access_token: string } = JSON.parse(await response.text());
    return access_token;
  }

  private async withCart(shopper: DemoShopper, siteCode: string, currency: string): Promise<DemoShopper> {
    const { token } = shopper;
    const { cartId } = await this.send('POST', '/cart/acme/carts', token, { siteCode, currency });
    const priceId = currency === 'USD' ? 'umbrella-usd' : 'umbrella-eur';
    const item = demoItem(priceId, 2);
    await this.send('POST', `/cart/acme/carts/${cartId}/items?siteCode=${siteCode}`, token, item);
    return { ...shopper, cartId };
  }

  /** Anna shops at home, and guests do in several places. */
  async openShop(): Promise<DemoShopper> {
    for (const [siteCode, currency, query] of GUESTS) await this.guestWithCart(siteCode, currency, query);
    await this.guest();
    await this.guest('&currency=GBP');
    await this.customer('ben@acme.test', 'demo-Ben-2026', 'main', 'EUR');
    const anna = await this.customer('anna@acme.test', 'demo-Anna-2026', 'us', 'USD');
    await this.send('POST', '/session-context/acme/me/context/attributes', anna.token, {
      key: 'utm_campaign',
      value: 'spring sale',
    });
    return anna;
  }
}

const GUESTS = [
  ['main', 'EUR', ''],
  ['main', 'EUR', '&targetLocation=FR'],
  ['main', 'EUR', '&targetLocation=AT&language=de'],
  ['us', 'USD', '&siteCode=us'],
] as const;
