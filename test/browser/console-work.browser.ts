import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsolePage } from './support/console-page.js';
import type { DemoShopper, DemoShoppers } from './support/demo-shoppers.js';
import { RunningConsole } from './support/running-console.js';

/** Measures the first screen this often. */
const VISITS = 5;

describe('At work in the console, an employee', () => {
  let running: RunningConsole;
  let shoppers: DemoShoppers;
  let anna: DemoShopper;
  let at: ConsolePage;

  beforeAll(async () => {
    running = await RunningConsole.start();
    shoppers = running.shoppers;
    anna = await shoppers.openShop();
    at = await running.signIn();
  });
  afterAll(() => running?.stop());

  it('sees the first screen, and is told nothing by the browser’s console', async () => {
    const times: number[] = [];
    for (let visit = 0; visit < VISITS; visit += 1) {
      const guest = await running.open();
      const began = performance.now();
      await guest.page.goto(`${running.url}/console`);
      await guest.heading('Sign in').waitFor();
      times.push(performance.now() - began);
      expect(guest.mistakes).toEqual([]);
      await guest.close();
    }
    const sorted = times.toSorted((a, b) => a - b).map(Math.round);
    console.log(`First screen of the console, in an empty browser: ${sorted.join(', ')} ms`);
  });

  it('saves what is held about a customer as a file', async () => {
    const { id } = await shoppers.send('GET', '/customer/acme/me', anna.token);
    await at.goTo(`customers/${id}`);
    const saved = at.page.waitForEvent('download');
    await at.button('Export data').click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe(`customer-${id}.json`);
    const held = JSON.parse(await readFile(await file.path(), 'utf8'));
    expect(JSON.stringify(held)).toContain('anna@acme.test');
    expect(JSON.stringify(held)).toContain(anna.sessionId);
    await at.page.getByText('The export is saved as a file.').waitFor();
  });

  it('changes a site, and a storefront reads the change', async () => {
    await at.goTo('settings/sites');
    await at.button('Edit: main').click();
    await at.dialog().getByLabel('Name', { exact: true }).fill('Main street');
    await at.dialog().getByRole('button', { name: 'Save' }).click();
    await at
      .card('Sites')
      .getByRole('row', { name: /Main street/ })
      .waitFor();
    const { name } = await shoppers.send('GET', '/site/acme/sites/main', await shoppers.backend());
    expect(name).toBe('Main street');
  });

  it('installs a session app, is told which address is refused, and corrects it', async () => {
    await at.goTo('settings/session-apps');
    await at.button('Install an app…').click();
    const dialog = at.dialog();
    await dialog.getByLabel('Name', { exact: true }).fill('acme.weather');
    await dialog.getByLabel('Address').fill('http://169.254.169.254/latest');
    await dialog.getByLabel('Reads').fill('public.postalCode');
    await dialog.getByLabel('Writes').fill('weather.condition');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('Address').fill('https://weather.example/session');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await at
      .card('Session apps')
      .getByRole('row', { name: /acme\.weather.*weather\.example/ })
      .waitFor();
  });

  it('ends all guests that began before a moment, and keeps the customers', async () => {
    const guest = await shoppers.guest();
    await at.goTo('sessions');
    await at.button('End many…').click();
    const dialog = at.dialog();
    await dialog.getByLabel('Begun before').fill('2199-01-01T00:00');
    await dialog.getByLabel('Kind').selectOption('anonymous');
    await dialog.getByRole('button', { name: 'End sessions' }).click();
    await at.page.getByText(/\d+ sessions have ended\./).waitFor();
    await expect(shoppers.send('GET', '/session-context/acme/me/context', guest.token)).rejects.toThrow(
      '401',
    );
    await shoppers.send('GET', '/customer/acme/me', anna.token);
  });

  it('signs in again when the token has ended, and goes on with what was begun [P-40]', async () => {
    const token = await shoppers.backend();
    const path = '/admin/acme/clients/acme-backend';
    const { metadata } = await shoppers.send('GET', path, token);
    const renewal = { overlapSeconds: 0, metadata };
    const { secret } = await shoppers.send('POST', `${path}/secret`, token, renewal);
    await at.goTo('customers');
    const again = at.dialog();
    await again.getByLabel('Client secret').fill(secret);
    await again.getByRole('button', { name: 'Sign in', exact: true }).click();
    await again.waitFor({ state: 'detached' });
    await at.page.getByRole('link', { name: 'anna@acme.test' }).waitFor();
    expect(at.mistakes).toEqual([]);
  });
});
