import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium } from './support/chromium.js';
import { ConsolePage } from './support/console-page.js';
import { type DemoShopper, DemoShoppers } from './support/demo-shoppers.js';
import { ShopPage } from './support/page.js';
import { BrowserService } from './support/service.js';
import { Storefront } from './support/storefront.js';

const STORES = {
  embedded: () => ({}),
  mongo: () => {
    const uri = new URL(inject('mongoUri'));
    uri.pathname = `/console-${randomBytes(6).toString('hex')}`;
    return { MONGODB_URI: uri.href };
  },
} as const;

describe.each(['embedded', 'mongo'] as const)('An employee with a browser, on the %s store', (store) => {
  let browser: Browser;
  let service: BrowserService;
  let storefront: Storefront;
  let shoppers: DemoShoppers;
  let anna: DemoShopper;
  let at: ConsolePage;
  let shop: ShopPage;

  beforeAll(async () => {
    service = await BrowserService.start({}, STORES[store]());
    shoppers = new DemoShoppers(service.url);
    anna = await shoppers.openShop();
    storefront = await Storefront.open();
    browser = await launchChromium();
    at = await ConsolePage.open(browser, service.url);
    shop = await ShopPage.open(browser, storefront.origin('localhost'), service.url);
  });
  afterAll(async () => {
    await browser?.close();
    storefront?.close();
    await service?.stop();
  });

  /** What the storefront's own page is answered. */
  const asAnna = (path: string) =>
    shop.fetch(path, { credentials: 'omit', headers: { authorization: `Bearer ${anna.token}` } });

  it('gets from the first page into the console with one click', async () => {
    await at.page.goto(service.url);
    await at.page.getByRole('link', { name: 'Open the console of acme as acme-backend' }).click();
    await at.heading('Sessions').waitFor();
    expect(at.page.url()).not.toContain('demo');
  });

  it('finds the session of a customer by the e-mail', async () => {
    await at.find('anna@acme.test');
    await at.heading('Session').waitFor();
    expect(at.page.url()).toContain(anna.sessionId);
  });

  it('finds it by its cart and by its access token too', async () => {
    for (const text of [anna.cartId ?? '', anna.token, anna.sessionId]) {
      await at.goTo('customers');
      await at.heading('Customers').waitFor();
      await at.find(text);
      await at.heading('Session').waitFor();
      expect(at.page.url()).toContain(anna.sessionId);
    }
  });

  it('sees why the currency is what it is', async () => {
    const row = at.card('Values').getByRole('row', { name: /^currency/ });
    await expect.poll(() => row.textContent()).toContain('USD');
    expect(await row.textContent()).toContain('the customer’s profile');
  });

  it('changes it, and the cart follows', async () => {
    await at.card('Values').getByRole('button', { name: 'Change' }).click();
    await at.dialog().getByLabel('Site').selectOption('main');
    await at.dialog().getByLabel('Currency').selectOption('EUR');
    await at.dialog().getByLabel('Reason').fill('called: cart in the wrong currency – süß');
    await at.dialog().getByRole('button', { name: 'Save' }).click();
    await at.dialog().waitFor({ state: 'detached' });
    await at.card('Cart').getByText('€39.80').first().waitFor();
    await at
      .card('Values')
      .getByRole('row', { name: /^currency.*EUR.*an employee/ })
      .waitFor();
    await at.card('History').getByText('called: cart in the wrong currency – süß').waitFor();
  });

  it('and the storefront sees it at once, in another window', async () => {
    const context = await asAnna('/session-context/acme/me/context');
    expect(context).toMatchObject({ status: 200, body: { siteCode: 'main', currency: 'EUR' } });
  });

  it('is shown both sides when the shopper changes the same attribute meanwhile, and decides', async () => {
    const attributes = at.card('Attributes');
    await attributes.getByRole('textbox', { name: 'utm_campaign' }).fill('mine');
    await shoppers.send('POST', '/session-context/acme/me/context/attributes', anna.token, {
      key: 'utm_campaign',
      value: 'theirs',
    });
    await attributes.getByRole('button', { name: 'Save attributes' }).click();
    await attributes.getByRole('heading', { name: 'Changed by somebody else in the meantime' }).waitFor();
    const sides = attributes.getByRole('group', { name: 'utm_campaign' });
    expect(await sides.textContent()).toMatch(/spring sale.*mine.*theirs/s);
    await sides.getByLabel('Keep yours').check();
    await attributes.getByRole('button', { name: 'Save attributes' }).click();
    await at.page.getByText('Saved.', { exact: true }).waitFor();
    const context = await asAnna('/session-context/acme/me/context');
    expect(context?.body.context).toEqual({ utm_campaign: 'mine' });
  });

  it('tries a change, and sees the rounds of apps that it would cause', async () => {
    const cycle = at.card('Transform cycle');
    await cycle.getByRole('button', { name: 'Try it' }).click();
    await cycle.getByText('vtex.rnb-session').first().waitFor();
    await cycle.getByRole('row', { name: /rnb\.campaigns.*vip/ }).waitFor();
  });

  it('ends all sessions of Anna, and her storefront is refused at once', async () => {
    await at.card('Overview').getByRole('link', { name: 'anna@acme.test' }).click();
    await at.heading('Anna Demo').waitFor();
    await at.button('Log out everywhere').click();
    await at.dialog().getByRole('button', { name: 'Log out everywhere' }).click();
    await at.page.getByText('1 session has ended.').waitFor();
    await at.card('Sessions and devices').getByText('Not logged in anywhere.').waitFor();
    expect(await asAnna('/session-context/acme/me/context')).toMatchObject({ status: 401 });
  });

  it('erases her after typing her e-mail, and then finds nothing', async () => {
    await at.button('Erase person…').click();
    const erase = at.dialog().getByRole('button', { name: 'Erase for good' });
    expect(await erase.isDisabled()).toBe(true);
    await at.dialog().getByLabel('Type anna@acme.test to confirm').fill('anna@acme.test');
    await erase.click();
    await at.heading('Erased').waitFor();
    await at.find('anna@acme.test');
    await at.page.getByText('Nothing found for “anna@acme.test”', { exact: false }).waitFor();
    await at.goTo('customers?q=anna');
    await at.page.getByText('No customer matches.').waitFor();
  });

  it('made the browser break no rule of its page', () => {
    expect(at.mistakes).toEqual([]);
    expect([...at.askedOrigins]).toEqual([service.url]);
  });
});
