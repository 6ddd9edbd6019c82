import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSessionId } from '../../../src/shared/ids.js';
import { Ctl } from '../../support/programs/ctl.js';
import type { Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

describe('Support looks after sessions at the command line', () => {
  let shop: Shop;
  let ctl: Ctl;
  let anna: Visitor;
  let guest: Visitor;
  beforeAll(async () => {
    shop = await openShop();
    ctl = Ctl.build({
      ONESESSION_URL: shop.url,
      ONESESSION_CLIENT_ID: 'acme-support',
      ONESESSION_CLIENT_SECRET: 'acme-support-secret',
    });
    guest = await shop.visitor();
    await guest.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    anna = await shop.visitor();
    await anna.logIn('anna@acme.test', 'demo-Anna-2026');
    shop.clock.advanceSeconds(60);
  });
  afterAll(async () => {
    ctl.remove();
    await shop.close();
  });

  const idsIn = ({ items }: { items: { sessionId: string }[] }): string[] =>
    items.map(({ sessionId }) => sessionId).toSorted();
  const idOf = ({ sessionId = '' }: Visitor): string => sessionId;

  it('and finds them by what they are', async () => {
    const all = await ctl.json(['sessions', 'find'], 'SessionPageDto');
    expect(idsIn(all)).toEqual([idOf(anna), idOf(guest)].toSorted());
    const hers = await ctl.json(['sessions', 'find', '--email', 'anna@acme.test'], 'SessionPageDto');
    expect(idsIn(hers)).toEqual([idOf(anna)]);
    const { customerId } = hers.items[0];
    expect(await ctl.json(['sessions', 'find', '--customer', customerId])).toEqual(hers);
    const filters = ['--kind', 'anonymous', '--state', 'alive', '--site-code', 'main', '--currency', 'EUR'];
    expect(idsIn(await ctl.json(['sessions', 'find', ...filters]))).toEqual([idOf(guest)]);
    expect(await ctl.prints(['sessions', 'find', ...filters])).toMatch(
      new RegExp(`^${idOf(guest)} +anonymous +alive +acme-storefront +main +EUR +DE `, 'm'),
    );
    const page = await ctl.json(['sessions', 'find', '--limit', '1'], 'SessionPageDto');
    const rest = await ctl.json(['sessions', 'find', '--cursor', page.next], 'SessionPageDto');
    expect([...page.items, ...rest.items]).toEqual(all.items);
  });

  it('and shows one', async () => {
    const shown = await ctl.json(['sessions', 'show', idOf(guest)], 'ViewedSessionDto');
    expect(shown).toMatchObject({ sessionId: idOf(guest), context: { currency: 'EUR' } });
    expect(await ctl.prints(['sessions', 'show', idOf(guest)])).toMatch(/^Context version +1$/m);
  });

  it('and counts them', async () => {
    const counted = await ctl.json(['sessions', 'count', '--by', 'kind,siteCode'], 'SessionCountsDto');
    expect(counted.total).toBe(2);
    expect(await ctl.prints(['sessions', 'count'])).toMatch(/^anonymous +1\n.*2 in all, as of /ms);
  });

  it('and ends one, asking first', async () => {
    expect(await ctl.fails(['sessions', 'end', idOf(anna)], 6)).toContain('Add --yes');
    expect(await ctl.json(['sessions', 'end', idOf(anna), '--yes', '--reason', 'stolen'])).toEqual({
      ended: 1,
    });
    await anna.get('/session-context/acme/me/context').expect(401);
    await ctl.fails(['sessions', 'end', idOf(anna), '--yes'], 5);
    const { lines } = await shop.storage.audit.list('acme', {
      action: 'session.end',
      result: 'ok',
      limit: 9,
    });
    expect(lines).toMatchObject([{ reason: 'stolen' }]);
  });

  it('and ends all that began before a time, and waits until that is done', async () => {
    const before = ['--created-before', shop.clock.now().toISOString(), '--kind', 'anonymous'];
    await ctl.fails(['sessions', 'end', ...before], 6);
    const started = await ctl.json(['sessions', 'end', ...before, '--yes', '--no-wait'], 'StartedJobDto');
    expect(started).toEqual({ job: expect.any(String) });
    expect(await ctl.json(['sessions', 'end', ...before, '--yes'], 'JobDto')).toMatchObject({
      state: 'done',
    });
    expect(idsIn(await ctl.json(['sessions', 'find']))).toEqual([]);
  });

  it('and is told what was wrong', async () => {
    await ctl.fails(['sessions', 'show', newSessionId()], 5);
    expect(await ctl.fails(['sessions', 'end', '--yes'], 2)).toContain('--created-before');
    expect(await ctl.fails(['sessions', 'end', 'one', '--kind', 'anonymous', '--yes'], 2)).toContain(
      'not both',
    );
    expect(await ctl.fails(['sessions', 'count', '--by', 'colour'], 1)).toContain('by');
    expect(await ctl.fails(['sessions', 'find', '--created-before', 'soon'], 1)).toContain('createdBefore');
    const reader = {
      ONESESSION_CLIENT_ID: 'acme-readonly',
      ONESESSION_CLIENT_SECRET: 'acme-readonly-secret',
    };
    for (const words of [['find'], ['show', 'any'], ['count'], ['end', 'any', '--yes']]) {
      await ctl.with(reader).fails(['sessions', ...words], 4);
      await ctl.with({ ONESESSION_URL: 'http://127.0.0.1:2' }).fails(['sessions', ...words], 3);
    }
  });
});
