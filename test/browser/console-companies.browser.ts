import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsolePage } from './support/console-page.js';
import { DemoCompanies } from './support/demo-companies.js';
import type { DemoShopper } from './support/demo-shoppers.js';
import { RunningConsole } from './support/running-console.js';

describe('In the console, an employee who is asked about a company', () => {
  let running: RunningConsole;
  let companies: DemoCompanies;
  let ben: DemoShopper;
  let at: ConsolePage;

  beforeAll(async () => {
    running = await RunningConsole.start();
    const { shoppers } = running;
    ben = await shoppers.customer('ben@acme.test', 'demo-Ben-2026', 'main', 'EUR');
    const { id } = await shoppers.send('GET', '/customer/acme/me', ben.token);
    companies = await DemoCompanies.open(shoppers);
    await companies.make(id);
    at = await running.signIn();
  });
  afterAll(() => running?.stop());

  it('finds it by a part of its name, typed in a hurry', async () => {
    await at.find('acme tools');
    await at.heading('Acme Tools').waitFor();
    const overview = at.card('Overview');
    await overview.getByText('Acme Tools GmbH').waitFor();
    await overview.getByText('craft', { exact: true }).waitFor();
    await overview.getByText('€1,000.00').waitFor();
    await at.card('Locations').getByText('Unter den Linden 1, 10117 Berlin, DE').waitFor();
    expect(await at.violations()).toEqual([]);
  });

  it('goes up to the company above it, and down again', async () => {
    await at.card('Overview').getByRole('link', { name: 'Acme Group' }).click();
    await at.heading('Acme Group').waitFor();
    await at.card('Contacts').getByText('No contact.').waitFor();
    await at.card('Companies below it').getByRole('link', { name: 'Acme Tools' }).click();
    await at.heading('Acme Tools').waitFor();
    await expect.poll(() => at.card('Companies below it').count()).toBe(0);
  });

  it('goes from a contact to the customer, and from the customer back to the company', async () => {
    const row = at.card('Contacts').getByRole('row', { name: /ben@acme\.test/ });
    await row.getByText('main contact').waitFor();
    await row.getByText('invoices').waitFor();
    await row.getByRole('link', { name: 'Ben Demo' }).click();
    await at.heading('Ben Demo').waitFor();
    await at.card('Profile').getByRole('link', { name: 'Acme Tools' }).click();
    await at.heading('Acme Tools').waitFor();
  });

  it('sees for which company a session buys', async () => {
    await at.goTo(`sessions/${ben.sessionId}`);
    await at.card('Values').waitFor();
    expect(await at.card('Overview').getByText('Buys for').count()).toBe(0);
    await companies.actFor(ben, 'acme-tools');
    await at.page.reload();
    await at.button('Sign in as acme-backend').click();
    await at.card('Overview').getByText('Buys for').waitFor();
    await at.card('Overview').getByRole('link', { name: 'Acme Tools' }).waitFor();
    expect(await at.violations()).toEqual([]);
  });

  it('searches the list by keyboard, and is told how when nothing is found', async () => {
    await at.goTo('companies');
    await at.heading('Companies').waitFor();
    await at.card('List of companies').getByRole('link', { name: 'Acme Group' }).first().waitFor();
    await at.tabTo('Part of the name');
    await at.page.keyboard.type('nowhere');
    await at.page.keyboard.press('Enter');
    await at.page.getByText('No company has this in its name.').waitFor();
    expect(await at.violations()).toEqual([]);
    await at.page.getByLabel('Part of the name').fill('TOOLS');
    await at.page.keyboard.press('Enter');
    const list = at.card('List of companies');
    await list.getByRole('link', { name: 'Acme Tools' }).waitFor();
    expect(await list.getByRole('row').count()).toBe(2);
    await at.tabTo('Acme Tools');
    await at.page.keyboard.press('Enter');
    await at.heading('Acme Tools').waitFor();
  });

  it('reads the price list of the company, and its prices page by page', async () => {
    await companies.addPrices(60);
    await at.goTo('settings/price-lists');
    const row = at.card('Price lists').getByRole('row', { name: /Wholesale/ });
    await row.getByRole('link', { name: 'Acme Tools' }).waitFor();
    await row.getByText('EUR').waitFor();
    await row.getByText('from').waitFor();
    await row.getByRole('link', { name: 'Wholesale' }).click();
    const prices = at.card('Prices of Wholesale');
    await prices.getByText('item-1', { exact: true }).waitFor();
    expect(await at.page.evaluate('document.activeElement.getAttribute("aria-labelledby")')).toBe(
      await prices.getAttribute('aria-labelledby'),
    );
    expect(await prices.getByRole('row').count()).toBe(51);
    expect(await at.violations()).toEqual([]);
    await at.tabTo('Show more');
    await at.page.keyboard.press('Enter');
    await expect.poll(() => prices.getByRole('row').count()).toBe(61);
    expect(await at.button('Show more').count()).toBe(0);
    await prices.getByText('€60.00').waitFor();
  });

  it('is told which scope a client lacks, and still finds customers without it', async () => {
    const support = await running.open();
    await support.signIn('acme-support');
    await support.goTo('companies');
    await support.page.getByText('customermanagement.legalentity_read', { exact: false }).waitFor();
    await support.find('ben');
    await support.heading('Ben Demo').waitFor();
    await support.card('Profile').getByText('Acme Tools').waitFor();
    expect(await support.card('Profile').getByRole('link').count()).toBe(0);
    await support.close();
  });

  it('reads it in German, on a phone and in the dark', async () => {
    const phone = await running.open({
      viewport: { width: 360, height: 800 },
      colorScheme: 'dark',
    });
    await phone.signIn();
    await phone.page.getByLabel('Language').selectOption('de');
    for (const [path, shown] of [
      ['companies', 'Firmen'],
      ['companies/acme-tools', 'Acme Tools'],
      ['settings/price-lists/wholesale', 'Einstellungen'],
    ] as const) {
      await phone.goTo(path);
      await phone.heading(shown).waitFor();
      expect(await phone.violations()).toEqual([]);
      expect(await phone.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    }
    await phone.card('Preise von Großhandel').getByText('1,00 €', { exact: true }).waitFor();
    expect([...at.mistakes, ...phone.mistakes]).toEqual([]);
    await phone.close();
  });
});
