import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './support/chromium.js';
import { ConsolePage } from './support/console-page.js';
import { DemoCompanies } from './support/demo-companies.js';
import { DemoShoppers } from './support/demo-shoppers.js';
import { BrowserService } from './support/service.js';

const SCREENS: readonly (readonly [name: string, path: string, loaded: string])[] = [
  ['sessions', 'sessions', 'Sessions'],
  ['customers', 'customers', 'Customers'],
  ['companies', 'companies', 'Companies'],
  ['company', 'companies/acme-tools', 'Acme Tools'],
  ['segments', 'segments', 'Segments'],
  ['sites', 'settings/sites', 'Settings'],
  ['clients', 'settings/clients', 'Settings'],
  ['campaigns', 'settings/campaigns', 'Settings'],
  ['regions', 'settings/regions', 'Settings'],
  ['price-tables', 'settings/price-tables', 'Settings'],
  ['price-lists', 'settings/price-lists/wholesale', 'Settings'],
  ['session-apps', 'settings/session-apps/vtex.rnb-session', 'Settings'],
  ['audit', 'audit', 'Audit'],
  ['client-keys', 'settings/clients/acme-readonly', 'Settings'],
  ['no-session', 'sessions/nobody', 'Session'],
  ['no-customer', 'customers/nobody', 'Customer'],
  ['no-company', 'companies/nobody', 'Company'],
  ['none-found', 'companies?name=nobody', 'Companies'],
  ['no-price-list', 'settings/price-lists/nobody', 'Settings'],
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
    const ben = await shoppers.send('POST', '/customer/acme/login', (await shoppers.guest()).token, {
      email: 'ben@acme.test',
      password: 'demo-Ben-2026',
    });
    const { id: benId } = await shoppers.send('GET', '/customer/acme/me', ben.access_token);
    const companies = await DemoCompanies.open(shoppers);
    await companies.make(benId);
    await companies.addPrices(5);
    const bought = { token: ben.access_token, sessionId: ben.session_id, refreshToken: ben.refresh_token };
    await companies.actFor(bought, 'acme-tools');
    const backend = await shoppers.backend();
    const blocked = { id: 'eve', contactEmail: 'eve@acme.test', firstName: 'Eve', lastName: 'Demo' };
    await shoppers.send('POST', '/customer/acme/customers', backend, blocked);
    await shoppers.send('PATCH', '/customer/acme/customers/eve', backend, { onHold: true });
    screens = [
      ...SCREENS,
      ['session', `sessions/${anna.sessionId}`, 'Session'],
      ['customer', `customers/${id}`, 'Anna Demo'],
      ['buyer', `customers/${benId}`, 'Ben Demo'],
      ['blocked', 'customers/eve', 'Eve Demo'],
      ['buying', `sessions/${bought.sessionId}`, 'Session'],
      ['long-words', `sessions/${await withLongWords(shoppers)}`, 'Session'],
      ['long-names', 'customers?q=long', 'Customers'],
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
    { colorScheme: 'dark', width: 360 },
    { colorScheme: 'dark', width: 1920 },
  ] as const)(
    'has nothing that axe finds wrong, fits its window and asks nobody else: $colorScheme, $width px',
    async ({ colorScheme, width }) => {
      const at = await ConsolePage.open(browser, service.url, {
        colorScheme,
        viewport: { width, height: 900 },
      });
      const found: string[] = [];
      await at.page.goto(`${service.url}/console`);
      await at.heading('Sign in').waitFor();
      found.push(...(await misfits(at, 'sign-in')));
      await at.page.screenshot({ path: `reports/pages/console-sign-in-${colorScheme}-${width}.png` });
      await at.signIn();
      for (const [name, path, loaded] of screens) {
        await at.goTo(path);
        await at.heading(loaded).waitFor();
        found.push(...(await misfits(at, name)));
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

const LONG = 'Donaudampfschifffahrtsgesellschaft'.repeat(6);

/** Names and values without a place to break: a session and a customer. @returns the id of the session */
async function withLongWords(shoppers: DemoShoppers): Promise<string> {
  const { token, sessionId } = await shoppers.guestWithCart('main', 'EUR');
  for (const value of ['1', LONG, { [LONG]: LONG }])
    await shoppers.send('POST', '/session-context/acme/me/context/attributes', token, {
      key: `${LONG}${typeof value}`,
      value,
    });
  const email = `long-${'e'.repeat(55)}@${'d'.repeat(50)}.test`;
  const customerDetails = { firstName: LONG.slice(0, 100), lastName: LONG.slice(0, 100) };
  const password = 'long-Words-2026';
  await shoppers.send('POST', '/customer/acme/signup', token, { email, password, customerDetails });
  return sessionId;
}

/** What axe finds, and what is wider than the window or than its table, or not in the middle. */
async function misfits(at: ConsolePage, name: string): Promise<readonly string[]> {
  const wide = await at.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  const hidden = await at.page.evaluate<number>(HIDDEN);
  const aside = await at.page.evaluate<number>(ASIDE);
  return [
    ...(await at.violations()),
    ...(wide > 0 ? [`${wide} px too wide`] : []),
    ...(hidden > 0 ? [`${hidden} px of a table are hidden`] : []),
    ...(aside > 1 ? [`${aside} px beside the middle`] : []),
  ].map((one) => `${name}: ${one}`);
}

const HIDDEN = `Math.max(0, ...[...document.querySelectorAll('.table-frame')].map((one) => one.scrollWidth - one.clientWidth))`;

/** How far from the middle of the window the sign-in is. */
const ASIDE = `(() => {
  const card = document.querySelector('.gate-card')?.getBoundingClientRect();
  return card ? Math.abs(card.left + card.right - document.documentElement.clientWidth) / 2 : 0;
})()`;
