import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoItem } from '../support/data/demo-items.js';
import type { ConsolePage } from './support/console-page.js';
import type { DemoShopper, DemoShoppers } from './support/demo-shoppers.js';
import { RunningConsole } from './support/running-console.js';

describe('While a session is open in the console', () => {
  let running: RunningConsole;
  let shoppers: DemoShoppers;
  let anna: DemoShopper;
  let at: ConsolePage;

  beforeAll(async () => {
    running = await RunningConsole.start();
    shoppers = running.shoppers;
    anna = await shoppers.openShop();
    at = await running.signIn();
    await at.goTo(`sessions/${anna.sessionId}`);
    await at.page.getByText('Live', { exact: true }).waitFor();
  });
  afterAll(() => running?.stop());

  const setAttribute = (key: string, value: string) =>
    shoppers.send('POST', '/session-context/acme/me/context/attributes', anna.token, { key, value });

  it('what the shopper changes in the storefront appears without a reload, and nothing flickers', async () => {
    const values = at.card('Values');
    await at.page.evaluate(WATCH_FOR_LOADING);
    await setAttribute('utm_campaign', 'flash sale');
    await values.getByText('flash sale').waitFor();
    await at.card('History').getByText('flash sale').first().waitFor();
    expect(await at.page.evaluate('window.sawLoading')).toBe(false);
  });

  it('a screen reader is told what has changed', async () => {
    await setAttribute('size', 'M');
    await at.page.getByRole('status').getByText('Changed: size.').waitFor();
  });

  it('the cart follows too', async () => {
    const path = `/cart/acme/carts/${anna.cartId}/items?siteCode=us`;
    await shoppers.send('POST', path, anna.token, demoItem('umbrella-usd', 1));
    await at.page.getByRole('status').getByText('The cart has changed.').waitFor();
  });

  it('what the employee is typing stays', async () => {
    const field = at.card('Attributes').getByRole('textbox', { name: 'size' });
    await field.fill('my size');
    await setAttribute('colour', 'red');
    await at.card('Attributes').getByRole('textbox', { name: 'colour' }).waitFor();
    expect(await field.inputValue()).toBe('my size');
    await at.card('Attributes').getByRole('button', { name: 'Cancel' }).click();
  });

  it('it goes on after the connection was lost, with what happened meanwhile', async () => {
    await running.service.restart(() => at.page.getByText('Not live', { exact: true }).waitFor());
    await setAttribute('meanwhile', 'yes');
    await at
      .card('Values')
      .getByRole('row', { name: /meanwhile.*yes/ })
      .waitFor();
  });

  it('it stays readable when the session has ended', async () => {
    await shoppers.send('GET', `/customer/acme/logout?accessToken=${anna.token}`, anna.token);
    await at.page.getByText('This session has ended.', { exact: false }).first().waitFor();
    await at.card('Values').getByText('flash sale').waitFor();
    await expect.poll(() => at.button('End session').count()).toBe(0);
  });

  it('the list shows a new session without a reload', async () => {
    await at.goTo('sessions');
    await at.page.getByText('Live', { exact: true }).waitFor();
    const guest = await shoppers.guest();
    await at.card('List of sessions').getByText(guest.sessionId).waitFor({ state: 'attached' });
  });

  it('the browser found no mistake, and a checker of accessibility neither', async () => {
    expect(at.mistakes).toEqual([]);
    expect(await at.violations()).toEqual([]);
  });
});

const WATCH_FOR_LOADING = `
  window.sawLoading = false;
  new MutationObserver(() => {
    if (document.querySelector('.loading, .problem')) window.sawLoading = true;
  }).observe(document.body, { childList: true, subtree: true });
`;
