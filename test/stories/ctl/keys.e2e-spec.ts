import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ctl } from '../../support/programs/ctl.js';
import { openShop, OPERATOR_SECRET, type Shop } from '../../support/shop.js';

const OLD = 'the old secret of this test';
const NEW = 'the new secret of this test';

describe('An operator looks after keys at the command line', () => {
  let before: Shop;
  let shop: Shop;
  let ctl: Ctl;
  beforeAll(async () => {
    before = await openShop({ env: { KEYS_SECRET: OLD } });
    const opened = await before.again();
    shop = await openShop({ clock: before.clock, opened, env: { KEYS_SECRET: `${NEW},${OLD}` } });
    ctl = Ctl.build({ ONESESSION_URL: shop.url, OPERATOR_SECRET });
  });
  afterAll(async () => {
    ctl.remove();
    await shop.close();
    await before.close();
  });

  it('and lists them, with the secret that opens each [X-20]', async () => {
    const { items } = await ctl.json(['keys', 'list'], 'SigningKeysDto');
    expect(items).toMatchObject([{ signs: true, secret: 'earlier' }]);
    expect(await ctl.prints(['keys', 'list'])).toMatch(/ yes +an earlier secret$/m);
  });

  it('and has them encrypted with the first secret of the list [X-20]', async () => {
    const done = await ctl.json(['secrets', 'rotate'], 'ReencryptedSecretsDto');
    expect(done.signingKeys.reencrypted).toHaveLength(1);
    const printed = await ctl.prints(['secrets', 'rotate']);
    expect(printed).toContain('0 signing keys were encrypted again; 1 already were.');
    expect(printed).toContain('0 webhook secrets were encrypted again; 0 already were.');
    const withoutNew = ctl.with({ ONESESSION_URL: before.url });
    expect(await withoutNew.fails(['secrets', 'rotate'], 1)).toContain('no secret of KEYS_SECRET opens');
  });

  it('and rotates them, and drops one that leaked, asking first [X-20]', async () => {
    shop.clock.advanceSeconds(1);
    const { items } = await ctl.json(['keys', 'rotate', '--reason', 'yearly'], 'SigningKeysDto');
    expect(items).toMatchObject([{ signs: true, secret: 'first' }, { signs: false }]);
    const { kid } = items[1];
    expect(await ctl.fails(['keys', 'drop', kid], 6)).toContain('Add --yes');
    expect(await ctl.json(['keys', 'drop', kid, '--yes'])).toEqual({ dropped: kid });
    expect(await ctl.fails(['keys', 'drop', kid, '--yes'], 5)).toContain(kid);
    expect(await ctl.fails(['keys', 'drop', '-with-a-hyphen', '--yes'], 5)).toContain('-with-a-hyphen');
    const { lines } = await shop.storage.audit.list('acme', { action: 'signing-key.rotate', limit: 1 });
    expect(lines).toMatchObject([{ actor: { kind: 'operator' }, reason: 'yearly' }]);
  });

  it('with the right secret, at a service that answers', async () => {
    const wrong = ctl.with({ OPERATOR_SECRET: 'not the secret of the operator at all' });
    const nobody = ctl.with({ ONESESSION_URL: 'http://127.0.0.1:2' });
    for (const words of [
      ['keys', 'list'],
      ['keys', 'rotate'],
      ['keys', 'drop', 'any', '--yes'],
      ['secrets', 'rotate'],
    ]) {
      await wrong.fails(words, 4);
      await nobody.fails(words, 3);
    }
  });
});
