import { statSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { build, preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { BrowserService } from '../support/service.js';

const ROOT = 'examples/storefront';
const FILE = 'docs/images/storefront.png';
const MOST_BYTES = 150_000;

let browser: Browser;
let service: BrowserService;
let site: PreviewServer;

beforeAll(async () => {
  await build({ root: ROOT, logLevel: 'warn' });
  site = await preview({ root: ROOT, logLevel: 'warn', preview: { port: 0, host: 'localhost' } });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
  await site?.close();
});

/** `npm run pictures` writes docs/images anew. */
it('The picture of the storefront is small enough', async () => {
  const { origin } = new URL(site.resolvedUrls?.local[0] ?? '');
  service = await BrowserService.start({ acme: { allowedOrigins: [origin] } });
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, locale: 'en' });
  const page = await context.newPage();
  await page.goto(`${origin}/?service=${encodeURIComponent(service.url)}`);
  const part = (name: string) => page.getByRole('region', { name, exact: true });
  await part('Products').waitFor();
  await page.getByRole('button', { name: 'It rains' }).click();
  await page.getByRole('button', { name: 'It rains', pressed: true }).waitFor();
  await page.getByRole('button', { name: 'Add umbrella' }).click();
  await part('Cart').getByText('Total €19.90').waitFor();
  await page.screenshot({ path: FILE, animations: 'disabled', fullPage: true });
  expect(statSync(FILE).size).toBeLessThan(MOST_BYTES);
});
