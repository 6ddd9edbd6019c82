import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebhookTarget } from '../support/events/webhook-target.js';
import type { ConsolePage } from './support/console-page.js';
import { RunningConsole } from './support/running-console.js';

describe('In the console, an employee', () => {
  let running: RunningConsole;
  let target: WebhookTarget;
  let at: ConsolePage;

  beforeAll(async () => {
    target = await WebhookTarget.open();
    running = await RunningConsole.start({ SESSION_APPS_PRIVATE_ADDRESSES: 'allow' });
    at = await running.signIn();
    await at.goTo('settings/webhooks');
  });
  afterAll(async () => {
    await running?.stop();
    target?.close();
  });

  const rowOf = (url: string) => at.card('Webhooks').getByRole('row').filter({ hasText: url });

  it('makes a webhook, sees its secret once, and sends a test [D-45]', async () => {
    await at.button('New webhook…').click();
    await at.dialog().getByLabel('Address').fill(target.url);
    await at.dialog().getByLabel('Events').fill('onesession.session.*');
    await at.dialog().getByRole('button', { name: 'Save' }).click();
    const shown = at.page.getByRole('dialog', { name: 'The new secret' });
    expect(await shown.locator('code').textContent()).toMatch(/^whsec_/);
    await shown.getByRole('button', { name: 'Close' }).click();
    await rowOf(target.url).getByText('onesession.session.*').waitFor();
    await at.page.getByRole('button', { name: `Send a test: ${target.url}` }).click();
    await at.page.getByText('The test was delivered: the target answered 204.').waitFor();
    expect(target.received[0]?.event['type']).toBe('onesession.webhook.test');
    expect(await at.violations()).toEqual([]);
  });

  it('sees a delivery that failed, and sends it again [D-45]', async () => {
    target.answerWith(500);
    await running.shoppers.openShop();
    await target.awaited(2);
    await at
      .card('Webhooks')
      .getByRole('link', { name: /^Deliveries/ })
      .click();
    const log = at.card(`Deliveries to ${target.url}`);
    await log.getByLabel('State').selectOption('failed');
    const failed = log.getByRole('row').filter({ hasText: 'the target answered 500' }).first();
    await expect
      .poll(
        async () => {
          await log.getByRole('button', { name: 'Refresh' }).click();
          return failed.count();
        },
        { timeout: 10_000, interval: 200 },
      )
      .toBe(1);
    expect(await at.violations()).toEqual([]);
    target.answerWith(204);
    await failed.getByRole('button', { name: /^Retry/ }).click();
    await at.page.getByText('The delivery is sent now.').waitFor();
    await log.getByLabel('State').selectOption('delivered');
    const delivered = log.getByRole('row').filter({ hasText: 'delivered' });
    await expect
      .poll(
        async () => {
          await log.getByRole('button', { name: 'Refresh' }).click();
          return delivered.count();
        },
        { timeout: 10_000, interval: 200 },
      )
      .toBeGreaterThan(0);
  });

  it('switches it off, gives it a new secret, and removes it', async () => {
    await at.page.getByRole('button', { name: `Switch off: ${target.url}` }).click();
    await rowOf(target.url).getByText('off', { exact: true }).waitFor();
    await at.page.getByRole('button', { name: `New secret…: ${target.url}` }).click();
    await at.dialog().getByRole('button', { name: 'Make a new secret' }).click();
    const shown = at.page.getByRole('dialog', { name: 'The new secret' });
    await shown.getByRole('button', { name: 'Close' }).click();
    await at.page.getByRole('button', { name: `Remove: ${target.url}` }).click();
    await at.dialog().getByRole('button', { name: 'Remove' }).click();
    await at.card('Webhooks').getByText('Nothing here yet.').waitFor();
    expect(at.mistakes).toEqual([]);
  });
});
