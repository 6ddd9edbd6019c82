import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigningClient } from '../support/people/signing-client.js';
import type { ConsolePage } from './support/console-page.js';
import type { DemoShoppers } from './support/demo-shoppers.js';
import { RunningConsole } from './support/running-console.js';

describe('In the console, an employee', () => {
  let running: RunningConsole;
  let at: ConsolePage;
  let feed: SigningClient;
  let issuer: string;
  let shoppers: DemoShoppers;
  const signing = () => SigningClient.of('acme-readonly', issuer, () => Date.now() / 1000);

  beforeAll(async () => {
    running = await RunningConsole.start();
    shoppers = running.shoppers;
    at = await running.signIn();
    const about = await fetch(`${running.url}/.well-known/oauth-authorization-server`);
    ({ issuer } = JSON.parse(await about.text()));
    feed = await signing();
    await at.goTo('settings/clients');
  });
  afterAll(() => running?.stop());

  const card = () => at.card('How acme-readonly authenticates');
  const statusOfSigned = async (client = feed): Promise<number> => {
    const form = { grant_type: 'client_credentials', ...(await client.credentials()) };
    const response = await fetch(`${running.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return response.status;
  };
  const addKey = async (text: string): Promise<void> => {
    await card().getByRole('button', { name: 'Add key…' }).click();
    await at.dialog().getByLabel('Public key').fill(text);
  };

  it('finds clients by a part of their id', async () => {
    const rows = at.card('Clients').getByRole('row');
    await rows.filter({ hasText: 'acme-storefront' }).waitFor();
    await at.page.getByLabel('Part of the client id').fill('e-read');
    await at.page.keyboard.press('Enter');
    await expect.poll(() => rows.count()).toBe(2);
    await rows.filter({ hasText: 'acme-readonly' }).waitFor();
    await at.page.getByLabel('Part of the client id').fill('.*"\\');
    await at.page.keyboard.press('Enter');
    await at.page.getByText('No client has this in its id.').waitFor();
    expect(await at.violations()).toEqual([]);
    await at.page.getByLabel('Part of the client id').fill('');
    await at.page.keyboard.press('Enter');
    await rows.filter({ hasText: 'acme-storefront' }).waitFor();
  });

  it('sees how each client authenticates, and that one has no key yet', async () => {
    const row = at.card('Clients').getByRole('row', { name: /acme-readonly/ });
    await row.getByText('Secret', { exact: true }).waitFor();
    await at
      .card('Clients')
      .getByRole('row', { name: /acme-storefront/ })
      .getByText('nothing: it is public')
      .waitFor();
    await row.getByRole('link', { name: 'Keys: acme-readonly' }).click();
    await card().getByText('No key yet.').waitFor();
    expect(await at.page.evaluate('document.activeElement.getAttribute("aria-labelledby")')).toBe(
      await card().getAttribute('aria-labelledby'),
    );
    expect(await at.violations()).toEqual([]);
  });

  it('pastes a private key, which is not sent, and is told what to paste', async () => {
    const sent: string[] = [];
    at.page.on('request', (request) => sent.push(request.postData() ?? ''));
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await addKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    await at.dialog().getByText('This is a private key.', { exact: false }).waitFor();
    expect(await at.dialog().getByRole('button', { name: 'Add key' }).isDisabled()).toBe(true);
    const jwk = privateKey.export({ format: 'jwk' });
    await at
      .dialog()
      .getByLabel('Public key')
      .fill(JSON.stringify({ keys: [jwk] }));
    await at.dialog().getByText('openssl pkey -in key.pem -pubout', { exact: false }).waitFor();
    await at.dialog().getByLabel('Public key').fill('{"kty": ');
    await at.dialog().getByText('This is no public key.', { exact: false }).waitFor();
    expect(await at.violations()).toEqual([]);
    await at.dialog().getByRole('button', { name: 'Cancel' }).click();
    expect(sent.join()).not.toContain(String(jwk.d));
  });

  it('adds a public key beside the secret, by keyboard', async () => {
    await card().getByRole('button', { name: 'Add key…' }).focus();
    await at.page.keyboard.press('Enter');
    await at.dialog().waitFor();
    await at.dialog().getByLabel('Public key').focus();
    await at.page.keyboard.insertText(JSON.stringify(feed.publicJwk));
    await at.tabTo('Add key');
    await at.page.keyboard.press('Enter');
    await at.dialog().waitFor({ state: 'detached' });
    const row = card().getByRole('row', { name: /k1/ });
    await row.getByText('P-256, ES256').waitFor();
    await card().getByText('Both work now.', { exact: false }).waitFor();
    expect(await statusOfSigned()).toBe(200);
    expect(await at.violations()).toEqual([]);
  });

  it('takes the secret away, and can then not remove the only key', async () => {
    await card().getByRole('button', { name: 'Remove secret…' }).click();
    await at.dialog().getByRole('button', { name: 'Remove' }).click();
    await at.dialog().waitFor({ state: 'detached' });
    await at
      .card('Clients')
      .getByRole('row', { name: /acme-readonly/ })
      .getByText('1 key')
      .waitFor();
    await card().getByRole('button', { name: 'Remove: k1' }).click();
    await at.dialog().getByText('Add another key or give it a new secret first.', { exact: false }).waitFor();
    expect(await at.dialog().getByRole('button', { name: 'Remove' }).isDisabled()).toBe(true);
    expect(await at.violations()).toEqual([]);
    await at.dialog().getByRole('button', { name: 'Cancel' }).click();
  });

  it('adds the next key as PEM text, and removes the first one', async () => {
    const next = await signing();
    await addKey(next.publicPem);
    await at.dialog().getByRole('button', { name: 'Add key' }).click();
    await at.dialog().waitFor({ state: 'detached' });
    await card().getByRole('button', { name: 'Remove: k1' }).click();
    await at.dialog().getByLabel('It leaked', { exact: false }).check();
    await at.dialog().getByRole('button', { name: 'Remove' }).click();
    await at.dialog().waitFor({ state: 'detached' });
    expect(await statusOfSigned()).toBe(401);
    const named = await card().getByRole('row').nth(1).locator('code').first().textContent();
    Object.assign(next.publicJwk, { kid: named });
    expect(await statusOfSigned(next)).toBe(200);
  });

  it('gives the client a secret again, and then removes the last key', async () => {
    await card().getByRole('button', { name: 'New secret…' }).click();
    expect(await at.dialog().getByLabel('Old secret stays valid for').count()).toBe(0);
    await at.dialog().getByRole('button', { name: 'Make a new secret' }).click();
    const shown = at.page.getByRole('dialog', { name: 'The new secret' });
    await shown.getByRole('button', { name: 'Close' }).click();
    await card()
      .getByRole('button', { name: /^Remove: / })
      .click();
    await at.dialog().getByRole('button', { name: 'Remove' }).click();
    await card().getByText('No key yet.').waitFor();
  });

  it('says where the client publishes its keys, by keyboard, and is told which address is refused', async () => {
    await card().getByRole('button', { name: 'Publishes its keys…' }).focus();
    await at.page.keyboard.press('Enter');
    await at.dialog().waitFor();
    await at.tabTo('Address of the keys');
    await at.page.keyboard.type('http://export.example/jwks.json');
    await at.page.keyboard.press('Enter');
    await at.dialog().getByRole('alert').getByText('jwksUri', { exact: false }).waitFor();
    expect(await at.violations()).toEqual([]);
    await at.dialog().getByLabel('Address of the keys').fill('https://export.example/jwks.json');
    await at.page.keyboard.press('Enter');
    await at.dialog().waitFor({ state: 'detached' });
    await card().getByText('https://export.example/jwks.json').waitFor();
    await at
      .card('Clients')
      .getByRole('row', { name: /acme-readonly/ })
      .getByText('published keys')
      .waitFor();
    expect(await at.violations()).toEqual([]);
  });

  it('corrects the address, and takes it away again', async () => {
    await card().getByRole('button', { name: 'Change address…' }).click();
    const save = at.dialog().getByRole('button', { name: 'Save' });
    expect(await save.isDisabled()).toBe(true);
    await at.dialog().getByLabel('Address of the keys').fill('https://export.example/keys.json');
    await save.click();
    await at.dialog().waitFor({ state: 'detached' });
    await card().getByText('https://export.example/keys.json').waitFor();
    await card().getByRole('button', { name: 'Remove address…' }).click();
    await at.dialog().getByRole('button', { name: 'Remove' }).click();
    await card().getByText('No key yet.').waitFor();
  });

  it('makes a client that publishes its keys, which then can’t lose the address', async () => {
    await at.button('New client…').click();
    await at.dialog().getByLabel('Client id').fill('acme-erp');
    await at.dialog().getByLabel('Kind').selectOption('publishing');
    await at.dialog().getByLabel('Scopes').fill('site.site_read');
    const save = at.dialog().getByRole('button', { name: 'Save' });
    expect(await save.isDisabled()).toBe(true);
    await at.dialog().getByLabel('Address of the keys').fill('https://erp.example/jwks.json');
    await save.click();
    await at.dialog().waitFor({ state: 'detached' });
    await at.page.getByRole('link', { name: 'Keys: acme-erp' }).click();
    await at.card('How acme-erp authenticates').getByRole('button', { name: 'Remove address…' }).click();
    await at.dialog().getByText('The client has no secret', { exact: false }).waitFor();
    expect(await at.dialog().getByRole('button', { name: 'Remove' }).isDisabled()).toBe(true);
    await at.dialog().getByRole('button', { name: 'Cancel' }).click();
  });

  it('makes a client with a key of its own, in German and on a phone', async () => {
    const phone = await running.open({
      viewport: { width: 360, height: 800 },
      colorScheme: 'dark',
    });
    await phone.signIn();
    await phone.page.getByLabel('Language').selectOption('de');
    await phone.goTo('settings/clients');
    await phone.button('Neuer Client …').click();
    await phone.dialog().getByLabel('Client-Kennung').fill('acme-feed');
    await phone.dialog().getByLabel('Art').selectOption('Backend, mit Schlüsseln');
    await phone.dialog().getByLabel('Öffentlicher Schlüssel').fill(JSON.stringify(feed.publicJwk));
    await phone.dialog().getByLabel('Berechtigungen').fill('site.site_read');
    expect(await phone.violations()).toEqual([]);
    await phone.dialog().getByRole('button', { name: 'Speichern' }).click();
    await phone.dialog().waitFor({ state: 'detached' });
    await phone.page.getByRole('link', { name: 'Schlüssel: acme-feed' }).click();
    await phone.card('Wie acme-feed sich ausweist').getByRole('row', { name: /k1/ }).waitFor();
    expect(await phone.violations()).toEqual([]);
    expect(await phone.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    expect([...at.mistakes, ...phone.mistakes]).toEqual([]);
    await phone.close();
  });

  it('pages through many clients, and keeps the place when one is switched off', async () => {
    const token = await shoppers.backend();
    for (let i = 10; i < 60; i += 1) {
      const client = { clientId: `feed-${i}`, kind: 'storefront' };
      await shoppers.send('POST', '/admin/acme/clients', token, client);
    }
    await at.goTo('sessions');
    await at.goTo('settings/clients/feed-59');
    const rows = at.card('Clients').getByRole('row');
    await expect.poll(() => rows.count()).toBe(51);
    await at.button('Show more').click();
    await at.button('Switch off: feed-59').click();
    await at.button('Switch on: feed-59').waitFor();
    expect(await at.button('Show more').count()).toBe(0);
    await at.goTo('settings/clients/acme-readonly');
    await card().waitFor();
    await at.goTo('settings/clients/nowhere');
    await at.page.getByRole('alert').getByText('It is not there', { exact: false }).waitFor();
    expect(at.mistakes).toEqual([]);
  });
});
