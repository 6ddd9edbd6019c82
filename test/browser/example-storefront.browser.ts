import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { build, preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { typed } from '../support/programs/shell.js';
import { launchChromium } from './support/chromium.js';
import { ConsolePage } from './support/console-page.js';
import { BrowserService } from './support/service.js';

const STORES = {
  embedded: () => ({}),
  mongo: () => {
    const uri = new URL(inject('mongoUri'));
    uri.pathname = `/storefront-${randomBytes(6).toString('hex')}`;
    return { MONGODB_URI: uri.href };
  },
} as const;

const ROOT = 'examples/storefront';

const SUN_BY_CURL = `
token=$(curl -fsS "$shop/oauth/token" -d grant_type=client_credentials -d client_id=acme-backend \\
  -d client_secret=acme-backend-secret | node -p 'JSON.parse(require("fs").readFileSync(0)).access_token')
curl -fsS "$shop/session-context/acme/context/$session/attributes" -H "Authorization: Bearer $token" \\
  -H 'Content-Type: application/json' -d '{"key":"weather","value":"sun"}'
`;

describe.each(['embedded', 'mongo'] as const)('One session, on the %s store', (store) => {
  let site: PreviewServer;
  let service: BrowserService;
  let browser: Browser;
  let tab: Page;
  let otherTab: Page;
  let console_: ConsolePage;
  let sessionId: string;

  beforeAll(async () => {
    await build({ root: ROOT, logLevel: 'warn' });
    site = await preview({ root: ROOT, logLevel: 'warn', preview: { port: 0, host: 'localhost' } });
    const { origin } = new URL(site.resolvedUrls?.local[0] ?? '');
    service = await BrowserService.start({ acme: { allowedOrigins: [origin] } }, STORES[store]());
    browser = await launchChromium();
    const context = await browser.newContext({ viewport: { width: 1200, height: 1000 }, locale: 'en' });
    [tab, otherTab] = [await context.newPage(), await context.newPage()];
    const address = `${origin}/?service=${encodeURIComponent(service.url)}`;
    for (const page of [tab, otherTab]) {
      await page.goto(address);
      await part(page, 'Products').waitFor();
    }
    sessionId = (await part(tab, 'Session').locator('code').first().textContent()) ?? '';
    console_ = await ConsolePage.open(browser, service.url);
    await console_.signIn();
    await console_.goTo(`sessions/${sessionId}`);
    await console_.card('Values').waitFor();
    mkdirSync('reports/pages', { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    await site?.close();
  });

  const part = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
  const value = (name: string): Locator =>
    console_.card('Values').getByRole('row', { name: new RegExp(`^${name}`) });

  it('is the same in two tabs', async () => {
    expect(await part(otherTab, 'Session').locator('code').first().textContent()).toBe(sessionId);
  });

  it('changes in the shop: the other tab and the console see it, without a reload', async () => {
    await tab.getByRole('button', { name: 'It rains' }).click();
    await otherTab.getByRole('button', { name: 'It rains', pressed: true }).waitFor();
    expect(await otherTab.locator('.products h3').first().textContent()).toBe('Umbrella');
    await console_.page.getByText('rain', { exact: false }).first().waitFor();
    await tab.getByRole('button', { name: 'Add umbrella' }).click();
    await part(otherTab, 'Cart').getByText('Total €19.90').waitFor();
  });

  it('changes in the console: both tabs follow, with the cart', async () => {
    await console_.card('Values').getByRole('button', { name: 'Change' }).click();
    await console_.dialog().getByLabel('Site').selectOption('us');
    await console_.dialog().getByLabel('Currency').selectOption('USD');
    await console_.dialog().getByRole('button', { name: 'Save' }).click();
    for (const page of [tab, otherTab]) await part(page, 'Cart').getByText('Total $24.90').waitFor();
  });

  it('changes by curl, in the VTEX dialect and by a backend: the tabs and the console see it', async () => {
    const env = { shop: service.url, session: sessionId };
    const { code, said } = await typed(SUN_BY_CURL, { env });
    expect(code, said).toBe(0);
    await tab.getByRole('button', { name: 'The sun shines', pressed: true }).waitFor();
    await console_.page.getByText('sun', { exact: false }).first().waitFor();
    await tab.getByRole('button', { name: 'Set region' }).click();
    await part(otherTab, 'Session').getByText('sao-paulo', { exact: true }).waitFor();
  });

  it('becomes Anna’s in one tab, and the other one is hers too', async () => {
    await tab.getByRole('button', { name: 'Log in' }).click();
    await part(otherTab, 'Session')
      .getByText(/^customer /)
      .waitFor();
    await part(tab, 'Session').getByText('gold', { exact: true }).waitFor();
    await value('customerId').waitFor();
    await tab.screenshot({ path: `reports/pages/storefront-${store}.png` });
  });

  it('ends with the logout, and both tabs begin the next one', async () => {
    await tab.getByRole('button', { name: 'Log out' }).click();
    for (const page of [tab, otherTab])
      await part(page, 'Session').getByText('guest', { exact: true }).waitFor();
    const next = await part(tab, 'Session').locator('code').first().textContent();
    expect(next).not.toBe(sessionId);
  });
});
