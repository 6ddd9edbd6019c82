import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.js';
import { type DemoShopper, DemoShoppers } from './support/demo-shoppers.js';
import { BrowserService } from './support/service.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('A link from the phone, opened in a browser', () => {
  let browser: Browser;
  let service: BrowserService;
  let desktop: BrowserContext;
  let page: Page;
  let shoppers: DemoShoppers;
  const asked: string[] = [];
  const mistakes: string[] = [];

  beforeAll(async () => {
    service = await BrowserService.start({}, { STOREFRONT_URL: 'http://shop.localhost:1/welcome' });
    shoppers = new DemoShoppers(service.url);
    browser = await launchChromium();
    desktop = await browser.newContext({ colorScheme: 'light', viewport: { width: 360, height: 800 } });
    await desktop.route('http://shop.localhost:1/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>The shop</h1>' }),
    );
    page = await desktop.newPage();
    page.on('request', (request) => asked.push(request.url()));
    page.on('pageerror', (error) => mistakes.push(error.message));
    page.on('console', (message) => mistakes.push(message.text()));
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  /** At the name by which the browser knows the service. */
  const linkOf = async ({ token }: DemoShopper): Promise<string> => {
    const { url } = await shoppers.send('POST', '/session-context/acme/me/handover', token);
    return `${service.url}${url.slice(new URL(url).origin.length)}`;
  };
  const cookies = async (): Promise<readonly string[]> =>
    (await desktop.cookies()).map(({ name }) => name).toSorted();
  let link = '';

  it('asks first: it names the shop and the cart, warns, and changes nothing [P-79]', async () => {
    link = await linkOf(await shoppers.guestWithCart('main', 'EUR'));
    await page.goto(link);
    await page.getByText('continues a visit to shop.localhost:1 (main)').waitFor();
    await page.getByText('In the cart: 1 product').waitFor();
    await page.getByText('Only continue if you asked for this link yourself').waitFor();
    expect(await cookies()).toEqual([]);
  });

  it('keeps the token out of the address, the history and every request line [P-20, P-79]', async () => {
    expect(page.url()).toBe(`${service.url}/handover/acme`);
    const token = link.split('#handover=')[1] ?? '';
    expect(token).not.toBe('');
    expect(asked.filter((url) => url.includes(token) && !url.includes('#'))).toEqual([]);
    expect(new Set(asked.map((url) => new URL(url).origin).filter((origin) => origin !== 'null'))).toEqual(
      new Set([service.url]),
    );
  });

  it('has nothing that axe finds wrong, and fits a phone', async () => {
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.evaluate(AXE);
    const violations: readonly { id: string }[] = await page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id }) => ({ id })))',
    );
    expect(violations).toEqual([]);
  });

  it('continues by keyboard, and the browser is in the session at the shop of the tenant [P-78, P-79]', async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The shop' }).waitFor();
    expect(page.url()).toBe('http://shop.localhost:1/welcome');
    expect(await cookies()).toEqual(['vtex_segment', 'vtex_session']);
    expect(mistakes).toEqual([]);
  });

  it('says so when it was used already, and when somebody has logged in since [P-78]', async () => {
    await page.goto(link);
    await page.getByText('This link does not work any more').waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
    const guest = await shoppers.guest();
    const late = await linkOf(guest);
    const ben = { email: 'ben@acme.test', password: 'demo-Ben-2026' };
    await shoppers.send('POST', '/customer/acme/login', guest.token, ben);
    await page.goto('about:blank');
    await page.goto(late);
    await page.getByText('Somebody has logged in with this visit').waitFor();
  });
});
