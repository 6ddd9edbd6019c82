import { mkdirSync, statSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.js';
import { ConsolePage } from '../support/console-page.js';
import { type DemoShopper, DemoShoppers } from '../support/demo-shoppers.js';
import { BrowserService } from '../support/service.js';

const FOLDER = 'docs/images';
const MOST_BYTES = 150_000;

/** `npm run pictures` writes docs/images anew. */
describe('The pictures of the console', () => {
  let browser: Browser;
  let service: BrowserService;
  let anna: DemoShopper;
  let at: ConsolePage;

  beforeAll(async () => {
    service = await BrowserService.start({});
    anna = await new DemoShoppers(service.url).openShop();
    browser = await launchChromium();
    at = await ConsolePage.open(browser, service.url, {
      viewport: { width: 1280, height: 800 },
      colorScheme: 'light',
    });
    await at.signIn();
    mkdirSync(FOLDER, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it.each([
    ['sessions', 'sessions'],
    ['session', 'sessions/ANNA'],
    ['customers', 'customers'],
    ['segments', 'segments'],
    ['settings', 'settings/sites'],
    ['audit', 'audit'],
  ] as const)('are small enough: %s', async (name, path) => {
    await at.goTo(path.replace('ANNA', anna.sessionId));
    await at.page.getByRole('heading', { level: 1 }).waitFor();
    await at.settled();
    const file = `${FOLDER}/console-${name}.png`;
    await at.page.screenshot({ path: file, animations: 'disabled' });
    expect(statSync(file).size).toBeLessThan(MOST_BYTES);
  });
});
