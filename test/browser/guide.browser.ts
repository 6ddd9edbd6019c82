import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { build, preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.js';
import { ConsolePage } from './support/console-page.js';
import { BrowserService } from './support/service.js';

const SHOP = 'examples/storefront';

describe('A newcomer at the guide of the built service', () => {
  let browser: Browser;
  let service: BrowserService;
  let shop: PreviewServer;
  let shopOrigin: string;
  let reader: ConsolePage;

  beforeAll(async () => {
    await build({ root: SHOP, logLevel: 'warn' });
    shop = await preview({ root: SHOP, logLevel: 'warn', preview: { port: 0, host: 'localhost' } });
    shopOrigin = new URL(shop.resolvedUrls?.local[0] ?? '').origin;
    service = await BrowserService.start({ acme: { allowedOrigins: [shopOrigin] } });
    browser = await launchChromium();
    reader = await ConsolePage.open(browser, service.url);
    mkdirSync('reports/pages', { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    await shop?.close();
  });

  const link = (name: string) => reader.page.getByRole('link', { name, exact: true }).first();
  /** Its name ends with that of its own link. */
  const heading = (text: string) => reader.page.locator('h1').filter({ hasText: text });
  const picture = (name: string) => reader.page.screenshot({ path: `reports/pages/guide-${name}.png` });

  it('comes from the first page of the service to the guide, and starts', async () => {
    await reader.page.goto(service.url);
    await link('Guide').click();
    await heading('onesession').waitFor();
    await picture('home');
    await link('Start in five minutes').click();
    await heading('Start in five minutes').waitFor();
    expect(await reader.page.locator('pre code span[class^="c-"]').count()).toBeGreaterThan(5);
  });

  it('goes on to the tutorial, and to the pictures of how sessions live', async () => {
    await reader.page.locator('.vp-doc').getByRole('link', { name: 'tutorial', exact: true }).click();
    await heading('Tutorial: a shopper and an employee').waitFor();
    await picture('tutorial');
    await reader.page.locator('.vp-doc').getByRole('link', { name: 'How sessions live' }).click();
    await heading('How sessions live').waitFor();
    const drawn = reader.page.getByRole('img', { name: /^An anonymous session sleeps/ }).first();
    await drawn.waitFor();
    expect(await reader.page.evaluate(`document.querySelector('.diagram img').naturalWidth`)).toBeGreaterThan(
      300,
    );
    await picture('sessions');
  });

  it('opens the console from there, and comes back', async () => {
    await reader.page.locator('.vp-doc').getByRole('link', { name: 'console' }).click();
    await reader.button('Sign in as acme-backend').waitFor();
    expect(new URL(reader.page.url()).pathname).toBe('/console/');
    await reader.page.goBack();
    await heading('How sessions live').waitFor();
  });

  it('reads about the storefront, and opens it', async () => {
    await link('A storefront to copy from').click();
    await heading('A storefront to copy from').waitFor();
    await reader.page.getByText('npm run demo').first().waitFor();
    await reader.page.goto(`${shopOrigin}/?service=${encodeURIComponent(service.url)}`);
    await reader.page.getByRole('region', { name: 'Products', exact: true }).waitFor();
    await reader.page.goto(`${service.url}/docs/guide/`);
  });

  it('finds "segment" by the search', async () => {
    await reader.page.getByRole('button', { name: 'Search' }).first().click();
    await reader.page.getByRole('searchbox').fill('segment');
    const found = reader.page.getByRole('option').filter({ hasText: 'Caching by segment' }).first();
    await found.waitFor();
    await picture('search');
    await found.getByRole('link').click();
    await heading('Caching by segment').waitFor();
  });

  it('looks up a call, and opens Swagger UI', async () => {
    await link('API reference').click();
    await heading('API reference').waitFor();
    await reader.page
      .getByRole('heading', { name: 'GET /session-context/{tenant}/me/context' })
      .first()
      .waitFor();
    await reader.page.locator('.vp-doc').getByRole('link', { name: 'Swagger UI' }).click();
    await reader.page.locator('.opblock').first().waitFor();
  });

  it.each([
    { path: '', colorScheme: 'light', width: 1280 },
    { path: 'start', colorScheme: 'light', width: 1280 },
    { path: 'tutorial', colorScheme: 'dark', width: 1280 },
    { path: 'sessions', colorScheme: 'dark', width: 390 },
    { path: 'caching', colorScheme: 'light', width: 390 },
    { path: 'differences', colorScheme: 'light', width: 1280 },
  ] as const)('meets nothing that keeps anybody out: $path, $colorScheme, $width', async (look) => {
    const { path, colorScheme, width } = look;
    const page = await ConsolePage.open(browser, service.url, {
      colorScheme,
      viewport: { width, height: 900 },
    });
    await page.page.goto(`${service.url}/docs/guide/${path}`);
    await page.page.getByRole('heading', { level: 1 }).waitFor();
    await page.page.screenshot({
      path: `reports/pages/guide-${path || 'index'}-${colorScheme}-${width}.png`,
    });
    expect(await page.violations()).toEqual([]);
    expect(await page.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(page.mistakes).toEqual([]);
    await page.close();
  });

  it('is never asked for by a page of anybody else, and meets no mistake [X-16]', () => {
    expect(reader.mistakes).toEqual([]);
    expect([...reader.askedOrigins].filter((origin) => origin !== 'null').toSorted()).toEqual(
      [service.url, shopOrigin].toSorted(),
    );
  });
});
