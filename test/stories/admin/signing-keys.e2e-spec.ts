import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const KEYS = '/admin/signing-keys';
const REENCRYPTION = '/admin/stored-secrets/re-encryption';
const OLD = 'the old secret of this test';
const NEW = 'the new secret of this test';

describe('The operator looks after the signing keys', () => {
  let shop: Shop;
  let operator: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    operator = await shop.operator();
  });
  afterAll(() => shop.close());

  const kidsOf = (body: { items: { kid: string }[] }): string[] => body.items.map(({ kid }) => kid);
  const listed = async () => (await operator.get(KEYS).expect(200)).body;

  it('and reads which one signs, and never a private half [P-28]', async () => {
    const { body, headers } = await operator.get(KEYS).expect(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toEqual({
      items: [{ kid: expect.any(String), createdAt: expect.any(String), signs: true, secret: 'first' }],
    });
  });

  it('and rotates them: a new one signs, and older tokens stay good [X-20, P-27]', async () => {
    const before = kidsOf(await listed());
    const visitor = await shop.visitor();
    shop.clock.advanceSeconds(1);
    const { body } = await operator.post(KEYS).set('X-Reason', 'yearly').expect(201);
    expect(kidsOf(body).slice(1)).toEqual(before);
    expect(body.items).toMatchObject([{ signs: true }, { signs: false }]);
    await visitor.get('/session-context/acme/me/context').expect(404);
  });

  it('and drops one that leaked: its tokens are refused [X-20]', async () => {
    const [, older = ''] = kidsOf(await listed());
    await operator.delete(`${KEYS}/${older}`).expect(204);
    // The token of this request was one of them.
    await operator.get(KEYS).expect(401);
    operator = await shop.operator();
    expect(kidsOf(await listed())).not.toContain(older);
    const { body, headers } = await operator.delete(`${KEYS}/${older}`).expect(404);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body.detail).toContain(older);
  });

  it('and each tenant can read that in its audit log, with the reason [P-41]', async () => {
    for (const tenant of ['acme', 'globex']) {
      const { lines } = await shop.storage.audit.list(tenant, { action: 'signing-key.rotate', limit: 9 });
      expect(lines).toMatchObject([
        {
          actor: { kind: 'operator', id: 'operator' },
          target: { kind: 'signing-key' },
          reason: 'yearly',
          network: '127.0.0.0/24',
          result: 'ok',
        },
      ]);
    }
  });

  it('and nobody else does: not with a tenant’s token, and not without one [P-41]', async () => {
    const backend = await shop.service();
    const calls = [
      (user: Pick<ServiceUser, 'get' | 'post' | 'delete'>) => user.get(KEYS),
      (user: Pick<ServiceUser, 'get' | 'post' | 'delete'>) => user.post(KEYS),
      (user: Pick<ServiceUser, 'get' | 'post' | 'delete'>) => user.delete(`${KEYS}/any`),
      (user: Pick<ServiceUser, 'get' | 'post' | 'delete'>) => user.post(REENCRYPTION),
    ];
    for (const call of calls) {
      await call(backend).expect(403);
      await call(shop.http).expect(401);
    }
    expect(kidsOf(await listed())).toHaveLength(1);
  });

  it('and refuses a reason that can not be kept, before anything is done', async () => {
    const reason = 'x'.repeat(501);
    await operator.post(KEYS).set('X-Reason', reason).expect(400);
    await operator.delete(`${KEYS}/any`).set('X-Reason', reason).expect(400);
    await operator.post(REENCRYPTION).set('X-Reason', reason).expect(400);
    expect(kidsOf(await listed())).toHaveLength(1);
  });
});

describe('The operator replaces KEYS_SECRET', () => {
  let before: Shop;
  let after: Shop;
  beforeAll(async () => {
    before = await openShop({ env: { KEYS_SECRET: OLD } });
    const opened = await before.again();
    after = await openShop({ clock: before.clock, opened, env: { KEYS_SECRET: `${NEW}, ${OLD}` } });
  });
  afterAll(async () => {
    await after.close();
    await before.close();
  });

  it('with the new secret in front of the list, and then encrypts the keys with it [X-20]', async () => {
    const operator = await after.operator();
    const { body } = await operator.get(KEYS).expect(200);
    expect(body.items).toMatchObject([{ secret: 'earlier' }]);
    const { kid } = body.items[0];
    const done = { reencrypted: [kid], unchanged: [], unreadable: [] };
    expect((await operator.post(REENCRYPTION).expect(200)).body.signingKeys).toEqual(done);
    expect((await operator.get(KEYS).expect(200)).body.items).toEqual([
      { ...body.items[0], secret: 'first' },
    ]);
    const again = { reencrypted: [], unchanged: [kid], unreadable: [] };
    expect((await operator.post(REENCRYPTION).expect(200)).body.signingKeys).toEqual(again);
    const { lines } = await after.storage.audit.list('acme', { action: 'signing-key.reencrypt', limit: 9 });
    expect(lines).toMatchObject([{ actor: { kind: 'operator' }, target: { id: kid } }]);
  });

  it('and takes the old one out: the same key signs, and no token ends [X-20]', async () => {
    const visitor = await before.visitor();
    const opened = await before.again();
    const last = await openShop({ clock: before.clock, opened, env: { KEYS_SECRET: NEW } });
    await last
      .as(visitor.accessToken ?? '')
      .get('/session-context/acme/me/context')
      .expect(404);
    await last.visitor();
    await last.close();
  });

  it('while a key that no secret opens is named, and left as it is', async () => {
    const operator = await before.operator();
    const { body } = await operator.post(REENCRYPTION).expect(200);
    expect(body.signingKeys).toMatchObject({
      reencrypted: [],
      unchanged: [],
      unreadable: [expect.any(String)],
    });
    expect((await operator.get(KEYS).expect(200)).body.items).toMatchObject([{ secret: 'none' }]);
  });
});
