import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.js';
import { ConsolePage } from './support/console-page.js';
import { DemoShoppers } from './support/demo-shoppers.js';
import { BrowserService } from './support/service.js';

const SCREENS: readonly (readonly [name: string, path: string, loaded: string])[] = [
  ['sessions', 'sessions', 'Sessions'],
  ['customers', 'customers', 'Customers'],
  ['segments', 'segments', 'Segments'],
  ['sites', 'settings/sites', 'Settings'],
  ['clients', 'settings/clients', 'Settings'],
  ['campaigns', 'settings/campaigns', 'Settings'],
  ['regions', 'settings/regions', 'Settings'],
  ['price-tables', 'settings/price-tables', 'Settings'],
  ['session-apps', 'settings/session-apps/vtex.rnb-session', 'Settings'],
  ['audit', 'audit', 'Audit'],
  ['client-keys', 'settings/clients/acme-readonly', 'Settings'],
  ['no-session', 'sessions/nobody', 'Session'],
  ['no-customer', 'customers/nobody', 'Customer'],
];

describe('Each screen of the console', () => {
  let browser: Browser;
  let service: BrowserService;
  let screens: typeof SCREENS;

  beforeAll(async () => {
    service = await BrowserService.start({});
    const shoppers = new DemoShoppers(service.url);
    const anna = await shoppers.openShop();
    const { id } = await shoppers.send('GET', '/customer/acme/me', anna.token);
    screens = [
      ...SCREENS,
      ['session', `sessions/${anna.sessionId}`, 'Session'],
      ['customer', `customers/${id}`, 'Anna Demo'],
    ];
    browser = await launchChromium();
    mkdirSync('reports/pages', { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it.each([
    { colorScheme: 'light', width: 1360 },
    { colorScheme: 'dark', width: 1360 },
    { colorScheme: 'light', width: 360 },
    { colorScheme: 'dark', width: 1920 },
  ] as const)(
    'has nothing that axe finds wrong, fits its window and asks nobody else: $colorScheme, $width px',
    async ({ colorScheme, width }) => {
      const at = await ConsolePage.open(browser, service.url, {
        colorScheme,
        viewport: { width, height: 900 },
      });
      const found: string[] = [];
      await at.signIn();
      for (const [name, path, loaded] of screens) {
        await at.goTo(path);
        await at.heading(loaded).waitFor();
        found.push(...(await at.violations()).map((one) => `${name}: ${one}`));
        const overflow = await at.page.evaluate('document.documentElement.scrollWidth - innerWidth');
        if (Number(overflow) > 0) found.push(`${name}: ${overflow} px too wide`);
        const file = `reports/pages/console-${name}-${colorScheme}-${width}.png`;
        await at.page.screenshot({ path: file, fullPage: true });
      }
      expect(found).toEqual([]);
      expect(at.mistakes).toEqual([]);
      expect([...at.askedOrigins]).toEqual([service.url]);
      await at.close();
    },
  );
});
