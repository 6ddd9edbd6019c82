import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ISSUER } from '../reliability/support/service-process.js';
import { freePort } from '../support/mongo/mongod-process.js';
import { launchChromium } from './support/chromium.js';
import { ConsolePage } from './support/console-page.js';
import { BrowserService } from './support/service.js';

describe('On a port of its own, the console', () => {
  let browser: Browser;
  let service: BrowserService;
  let at: ConsolePage;
  let own: string;

  beforeAll(async () => {
    const port = await freePort();
    own = `http://localhost:${port}`;
    service = await BrowserService.start({}, { ADMIN_PORT: String(port) });
    // The service is known by this address, as behind a proxy.
    browser = await launchChromium([
      `--host-resolver-rules=MAP ${new URL(ISSUER).host} ${new URL(service.url).host}`,
    ]);
    at = await ConsolePage.open(browser, own);
    await at.signIn();
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  it('changes a customer by the public API, with the reason', async () => {
    await at.find('anna@acme.test');
    await at.heading('Anna Demo').waitFor();
    await at.button('Block…').click();
    await at.dialog().getByLabel('Reason').fill('asked by phone');
    await at.dialog().getByRole('button', { name: 'Block', exact: true }).click();
    await at.card('Profile').getByText('on hold', { exact: true }).waitFor();
    await at.page.getByRole('link', { name: 'See in the audit log who did it, when and why' }).click();
    await at
      .card('Lines of the audit log')
      .getByRole('row', { name: /asked by phone/ })
      .waitFor();
    expect([...at.askedOrigins].toSorted()).toEqual([own, ISSUER].toSorted());
    expect(at.mistakes).toEqual([]);
  });

  it('reads companies and price lists there too', async () => {
    await at.goTo('companies');
    await at.page.getByText('No company yet.').waitFor();
    await at.goTo('settings/price-lists');
    await at.page.getByText('No price list yet.').waitFor();
    expect(await at.violations()).toEqual([]);
    expect(at.mistakes).toEqual([]);
  });
});
