import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsolePage } from './support/console-page.js';
import type { DemoShopper, DemoShoppers } from './support/demo-shoppers.js';
import { RunningConsole } from './support/running-console.js';

describe('In the console, an employee', () => {
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

  it('signs in with a one-time link, which works once and is gone from the address [P-40]', async () => {
    const { path } = await shoppers.send(
      'POST',
      '/admin/acme/console-links',
      await shoppers.backend('acme-support'),
      {},
    );
    const guest = await running.open();
    await guest.page.goto(`${running.url}${path}`);
    await guest.heading('Sessions').waitFor();
    expect(guest.page.url()).not.toContain('link');
    const thief = await running.open();
    await thief.page.goto(`${running.url}${path}`);
    await thief.page.getByText('ask for a new one', { exact: false }).waitFor();
    await guest.close();
    await thief.close();
  });

  it('signs in by keyboard alone, finds a session and changes its country', async () => {
    const keys = await running.open();
    await keys.page.goto(`${running.url}/console`);
    await keys.heading('Sign in').waitFor();
    await keys.tabTo('Client id');
    await keys.page.keyboard.type('acme-backend');
    await keys.page.keyboard.press('Tab');
    await keys.page.keyboard.type('acme-backend-secret');
    await keys.page.keyboard.press('Enter');
    await keys.heading('Sessions').waitFor();
    await keys.tabTo('Find');
    await keys.page.keyboard.type('ben@acme.test');
    await keys.page.keyboard.press('Enter');
    await keys.heading('Session').waitFor();
    await keys.card('Values').waitFor();
    const asked = Promise.withResolvers<void>();
    await keys.page.route('**/site/acme/sites', async (route) => {
      await asked.promise;
      await route.continue();
    });
    await keys.tabTo('Change');
    await keys.page.keyboard.press('Enter');
    await keys.tabTo('Country');
    // Until the sites are loaded, the country that is set is the only choice.
    expect(await keys.dialog().getByLabel('Country').getAttribute('aria-busy')).toBe('true');
    asked.resolve();
    await keys.settled();
    await keys.page.keyboard.type('FR');
    await keys.tabTo('Save');
    await keys.page.keyboard.press('Enter');
    await keys.dialog().waitFor({ state: 'detached' });
    await keys
      .card('Values')
      .getByRole('row', { name: /^targetLocation.*FR.*an employee/ })
      .waitFor();
    await keys.close();
  });

  it('is told what to do about a wrong secret', async () => {
    const guest = await running.open();
    await guest.page.goto(`${running.url}/console`);
    await guest.page.getByLabel('Client id').fill('acme-backend');
    await guest.page.getByLabel('Client secret').fill('wrong');
    await guest.button('Sign in').click();
    await guest.page.getByText('do not belong together', { exact: false }).waitFor();
    await guest.close();
  });

  it('filters the list of sessions', async () => {
    await at.goTo('sessions?kind=customer');
    const list = at.card('List of sessions');
    await list.getByRole('link', { name: 'ben@acme.test' }).waitFor();
    await expect.poll(() => list.getByRole('row').count()).toBe(3);
  });

  it('goes on from the filters by keyboard, and sees the new list', async () => {
    const list = at.card('List of sessions');
    await list.getByLabel('Currency').focus();
    await at.page.keyboard.type('USD');
    await at.page.keyboard.press('Enter');
    await expect.poll(() => list.getByRole('row').count()).toBe(2);
    expect(at.page.url()).toContain('currency=USD');
    await at.page.keyboard.type('x');
    expect(await list.getByLabel('Currency').inputValue()).toBe('USDx');
    await list.getByRole('link', { name: 'Clear filters' }).click();
    await expect.poll(() => list.getByLabel('Currency').inputValue()).toBe('');
  });

  it('sees segments by size, and goes from one to its sessions', async () => {
    await at.goTo('segments');
    await at.card('Segments by size').getByRole('link').first().click();
    await at.heading('Sessions').waitFor();
    expect(at.page.url()).toContain('segment=');
  });

  it('gives a client a new secret, and sees it once', async () => {
    await at.goTo('settings/clients');
    await at.page.getByRole('button', { name: 'New secret…: acme-readonly' }).click();
    await at.dialog().getByLabel('Old secret stays valid for').selectOption('3600');
    await at.dialog().getByRole('button', { name: 'Make a new secret' }).click();
    const shown = at.page.getByRole('dialog', { name: 'The new secret' });
    const secret = await shown.locator('code').textContent();
    await shown.getByRole('button', { name: 'Close' }).click();
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(await at.page.content()).not.toContain(secret);
  });

  it('adds a campaign, and tries the app that reads it on a session', async () => {
    await at.goTo('settings/campaigns');
    await at.button('New…').click();
    await at.dialog().getByLabel('Id').fill('spring');
    await at.dialog().getByLabel('Content (JSON)').fill('{"rules": [{"utm_campaign": "spring sale"}]}');
    await at.dialog().getByRole('button', { name: 'Save' }).click();
    await at
      .card('Campaigns')
      .getByRole('row', { name: /spring sale/ })
      .waitFor();
    await at.goTo('settings/session-apps/vtex.rnb-session');
    const trial = at.card('Try it on a session: vtex.rnb-session');
    await trial.getByLabel('Session id').fill(anna.sessionId);
    await trial.getByLabel('Value').fill('x');
    await trial.getByRole('button', { name: 'Try it' }).click();
    await trial.getByText('Round 1').waitFor();
  });

  it('adds to a text of several lines without losing them, and sees null as it is', async () => {
    const { token, sessionId } = await shoppers.guestWithCart('main', 'EUR');
    const written = [
      ['note', 'first\nsecond'],
      ['empty', ''],
      ['nothing', null],
    ] as const;
    for (const [key, value] of written)
      await shoppers.send('POST', '/session-context/acme/me/context/attributes', token, { key, value });
    await at.goTo(`sessions/${sessionId}`);
    const attributes = at.card('Attributes');
    const fieldOf = (name: string) => attributes.getByRole('textbox', { name, exact: true });
    expect(await fieldOf('nothing').inputValue()).toBe('null');
    expect(await fieldOf('empty').inputValue()).toBe('');
    await fieldOf('note').press('Control+End');
    await at.page.keyboard.type(' third');
    await attributes.getByRole('button', { name: 'Save attributes' }).click();
    await at.page.getByText('Saved.', { exact: true }).waitFor();
    const { context } = await shoppers.send('GET', '/session-context/acme/me/context', token);
    expect(context).toEqual({ note: 'first\nsecond third', empty: '', nothing: null });
  });

  it('ends a session', async () => {
    const guest = await shoppers.guest();
    await at.goTo(`sessions/${guest.sessionId}`);
    await at.button('End session').click();
    await at.dialog().getByRole('button', { name: 'End session' }).click();
    await at.page.getByText('The session has ended.').waitFor();
    await expect(shoppers.send('GET', '/customer/acme/me', guest.token)).rejects.toThrow('401');
  });

  it('reads all of it in German', async () => {
    await at.page.getByLabel('Language').selectOption('de');
    await at.heading('Sitzungen').waitFor();
    // The page's language follows its texts.
    await at.page.locator('html[lang=de]').waitFor();
    expect(await at.violations()).toEqual([]);
  });
});
