import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsolePage } from './support/console-page.js';
import type { DemoShopper, DemoShoppers } from './support/demo-shoppers.js';
import { RunningConsole } from './support/running-console.js';

describe('In the console, an employee who blocks a customer', () => {
  let running: RunningConsole;
  let shoppers: DemoShoppers;
  let anna: DemoShopper;
  let annaId: string;
  let at: ConsolePage;

  beforeAll(async () => {
    running = await RunningConsole.start();
    shoppers = running.shoppers;
    anna = await shoppers.openShop();
    ({ id: annaId } = await shoppers.send('GET', '/customer/acme/me', anna.token));
    at = await running.signIn();
  });
  afterAll(() => running?.stop());

  const logIn = async () => {
    const account = { email: 'anna@acme.test', password: 'demo-Anna-2026' };
    return shoppers.send('POST', '/customer/acme/login', (await shoppers.guest()).token, account);
  };

  it('says why, by keyboard, and her sessions end at once', async () => {
    await at.goTo(`customers/${annaId}`);
    await at.heading('Anna Demo').waitFor();
    await at.card('Profile').getByText('may log in').waitFor();
    await at.tabTo('Block…');
    await at.page.keyboard.press('Enter');
    await at.dialog().waitFor();
    expect(await at.violations()).toEqual([]);
    await at.tabTo('Reason');
    await at.page.keyboard.type('card reported stolen – süß');
    await at.tabTo('Block');
    await at.page.keyboard.press('Enter');
    await at.page.getByText('The customer is blocked.', { exact: false }).waitFor();
    await at.page.getByText('This customer is blocked and can’t log in.', { exact: false }).waitFor();
    await at.card('Profile').getByText('on hold', { exact: true }).waitFor();
    await at.card('Sessions and devices').getByText('Not logged in anywhere.').waitFor();
    await expect(shoppers.send('GET', '/customer/acme/me', anna.token)).rejects.toThrow('401');
    await expect(logIn()).rejects.toThrow('401');
    expect(await at.violations()).toEqual([]);
  });

  it('leaves a line in the audit log, which leads back to her', async () => {
    await at.page.getByRole('link', { name: 'See in the audit log who did it, when and why' }).click();
    const row = at.card('Lines of the audit log').getByRole('row', { name: /card reported stolen – süß/ });
    await row.getByRole('link', { name: annaId }).click();
    await at.heading('Anna Demo').waitFor();
  });

  it('lets others see it in the list, and who may only read can’t change it', async () => {
    const support = await running.open({ colorScheme: 'dark' });
    await support.signIn('acme-support');
    await support.goTo('customers');
    const row = support.card('List of customers').getByRole('row', { name: /anna@acme\.test/ });
    await row.getByText('on hold').waitFor();
    expect(await support.violations()).toEqual([]);
    await row.getByRole('link', { name: 'anna@acme.test' }).click();
    await support.page.getByText('This customer is blocked', { exact: false }).waitFor();
    expect(await support.button('Unblock…').count()).toBe(0);
    await support.close();
  });

  it('lets her in again, also where another system switched the account off', async () => {
    await shoppers.send('PATCH', `/customer/acme/customers/${annaId}`, await shoppers.backend(), {
      active: false,
    });
    await at.goTo('customers');
    await at.goTo(`customers/${annaId}`);
    await at.card('Profile').getByText('switched off').waitFor();
    await at.button('Unblock…').click();
    await at.dialog().getByLabel('Reason').fill('new card');
    await at.dialog().getByRole('button', { name: 'Unblock' }).click();
    await at.page.getByText('The customer can log in again.').waitFor();
    await at.card('Profile').getByText('may log in').waitFor();
    await logIn();
    expect(at.mistakes).toEqual([]);
  });
});
