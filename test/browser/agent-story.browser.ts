import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ServiceUser } from '../support/people/http-user.js';
import { lines, PROFILE, ShoppingAgent } from '../ucp/agent.js';
import { launchChromium } from './support/chromium.js';
import { ConsolePage } from './support/console-page.js';
import { DemoShoppers } from './support/demo-shoppers.js';
import { BrowserService } from './support/service.js';

const STORES = {
  embedded: () => ({}),
  mongo: () => {
    const uri = new URL(inject('mongoUri'));
    uri.pathname = `/agent-${randomBytes(6).toString('hex')}`;
    return { MONGODB_URI: uri.href };
  },
} as const;
const SHOP = 'http://shop.localhost:1/welcome';
const LOGIN = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';

describe.each(['embedded', 'mongo'] as const)('A session that an agent began, on the %s store', (store) => {
  let browser: Browser;
  let service: BrowserService;
  let agent: ShoppingAgent;
  let mine: BrowserContext;
  let page: Page;
  let cartId: string;
  let link: string;
  let sessionId: string;

  beforeAll(async () => {
    service = await BrowserService.start({}, { ...STORES[store](), UCP: 'on', STOREFRONT_URL: SHOP });
    const token = await new DemoShoppers(service.url).backend('acme-agent');
    agent = new ShoppingAgent(new ServiceUser(service.url, token));
    browser = await launchChromium();
    mine = await browser.newContext();
    await mine.route('http://shop.localhost:1/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>The shop</h1>' }),
    );
    page = await mine.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  /** At the name by which the browser knows the service. */
  const atService = (url: string): string => `${service.url}${url.slice(new URL(url).origin.length)}`;
  /** What the pages of the shop are cached by. */
  const segment = async (): Promise<unknown> => {
    const cookie = (await mine.cookies()).find(({ name }) => name === 'vtex_segment');
    return JSON.parse(Buffer.from(cookie?.value ?? '', 'base64url').toString());
  };

  it('has the cart that the agent filled by UCP, for a shopper in France', async () => {
    const wanted = { ...lines(['umbrella', 2]), context: { address_country: 'FR' } };
    const { body } = await agent.create(wanted).expect(201);
    cartId = body.id;
    link = atService(body.continue_url);
    expect(body.currency).toBe('EUR');
  });

  it('is taken over by the shopper’s browser, with the link that the agent shows [P-78, P-79]', async () => {
    await page.goto(link);
    await page.getByText('In the cart: 1 product').waitFor();
    await page.getByRole('button', { name: 'Continue here' }).click();
    await page.getByRole('heading', { name: 'The shop' }).waitFor();
    expect(await segment()).toMatchObject({ countryCode: 'FRA', priceTables: null });
    const { body } = await agent.get(cartId).expect(200);
    expect(body).toMatchObject({ messages: [{ code: 'not_found' }] });
  });

  it('becomes Anna’s when she logs in there, and keeps its cart', async () => {
    const guest = await (await mine.request.get(`${service.url}${LOGIN}`)).json();
    ({ sessionId } = guest);
    const login = await mine.request.post(`${service.url}/customer/acme/login`, {
      headers: { authorization: `Bearer ${guest.access_token}` },
      data: { email: 'anna@acme.test', password: 'demo-Anna-2026' },
    });
    expect(login.status()).toBe(200);
    const { access_token: token } = await login.json();
    const context = await new DemoShoppers(service.url).send(
      'GET',
      '/session-context/acme/me/context',
      token,
    );
    expect(context).toMatchObject({ sessionId, cartId });
  });

  it('has another cache key for its pages then, with the price table of her group [S-20, S-27]', async () => {
    await mine.request.post(`${service.url}/api/sessions?an=acme`, { data: {} });
    expect(await segment()).toMatchObject({ countryCode: 'FRA', priceTables: 'gold' });
  });

  it('opens nothing by the same link again [P-78]', async () => {
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByText('This link does not work any more').waitFor();
  });

  it('shows an employee who did what', async () => {
    const at = await ConsolePage.open(browser, service.url);
    await at.signIn();
    await at.find(cartId);
    await at.heading('Session').waitFor();
    expect(at.page.url()).toContain(sessionId);
    const history = at.card('History');
    await history.getByText(`the agent acme-agent ${PROFILE}`).first().waitFor();
    const told = (await history.textContent()) ?? '';
    expect(told).toMatch(/cart\.umbrella/);
    expect(told).toContain('the browser that took the session over: ');
    expect(told).toContain('(the shopping agent)');
    await at.close();
  });
});
