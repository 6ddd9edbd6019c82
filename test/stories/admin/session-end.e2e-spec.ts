import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { JobRunner } from '../../../src/session-admin/index.js';
import { anonymousSession } from '../../../src/session/index.js';
import { newId, newSessionId } from '../../../src/shared/ids.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const MINE = '/session-context/acme/me/context';
const SESSIONS = '/admin/acme/sessions';

describe('Support ends sessions', () => {
  let shop: Shop;
  let other: Shop;
  let support: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    other = await shop.secondInstance();
  });
  afterAll(async () => {
    await other.close();
    await shop.close();
  });
  const signIn = async () => (support = await shop.service('acme-support'));
  beforeAll(signIn);

  /** Sessions that began at this moment, without going through a login each. */
  const many = async (count: number): Promise<readonly string[]> => {
    const now = shop.clock.now();
    const ids = Array.from({ length: count }, newSessionId);
    for (const sessionId of ids) {
      const session = anonymousSession(
        {
          tenant: 'acme',
          sessionId,
          clientId: 'acme-storefront',
          epoch: newId(),
          lifetime: {
            aliveUntil: new Date(now.getTime() + 3_600_000),
            goneAt: new Date(now.getTime() + 7_200_000),
          },
        },
        now,
      );
      await shop.storage.sessions.create(session, now);
    }
    return ids;
  };
  const left = async (ids: readonly string[]): Promise<number> => {
    const found = await Promise.all(
      ids.map((sessionId) => shop.storage.sessions.find({ tenant: 'acme', sessionId }, shop.clock.now())),
    );
    return found.filter(Boolean).length;
  };
  const begin = async (query: string): Promise<string> => {
    const { body } = await support.delete(`${SESSIONS}?${query}`).expect(202);
    expect(Object.keys(body)).toEqual(['job']);
    return `/admin/acme/jobs/${body.job}`;
  };
  const before = () => `createdBefore=${shop.clock.now().toISOString()}`;
  const isDone = async (job: string) => {
    await vi.waitFor(
      async () => expect((await support.get(job).expect(200)).body.state).toBe('done'),
      20_000,
    );
    return (await support.get(job)).body;
  };

  it('one at a time, refused at once on every instance [P-15]', async () => {
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    const elsewhere = other.as(ben.accessToken ?? '');
    await elsewhere.get('/customer/acme/me').expect(200);
    const path = `${SESSIONS}/${ben.sessionId}`;
    await support
      .delete(path)
      .set('X-Reason', 'lost telephone')
      .expect(204)
      .expect('cache-control', 'no-store');
    await elsewhere.get('/customer/acme/me').expect(401);
    await ben.get(MINE).expect(401);
    await ben.refresh().expect(401);
    const { body } = await support.delete(path).expect(404);
    expect(body).toMatchObject({ title: 'Not Found', status: 404 });
    await support.delete(`${SESSIONS}/missing`).expect(404);
  });

  it('only those of their tenant, with the scope [P-30]', async () => {
    const visitor = await shop.visitor();
    const path = `${SESSIONS}/${visitor.sessionId}`;
    const reader = await shop.service('acme-support', 'acme-support-secret', 'session.session_read');
    const strangers = await shop.service('globex-backend');
    for (const user of [reader, visitor, strangers]) {
      await user.delete(path).expect(403);
      await user.delete(`${SESSIONS}?${before()}`).expect(403);
      await user.get('/admin/acme/jobs/missing').expect(403);
    }
    await shop.http.delete(path).expect(401);
    await strangers.delete(path.replace('acme', 'globex')).expect(404);
    await visitor.get(MINE).expect(404);
  });

  it('all that began before a time, and none that began later or that are another’s', async () => {
    const [guest, ben] = [
      await shop.visitor(),
      await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026'),
    ];
    const stranger = await shop.visitor({ tenant: 'globex' });
    shop.clock.advanceSeconds(60);
    const early = before();
    const late = await shop.visitor();
    const job = await begin(early);
    const { done, total } = await isDone(job);
    expect(done).toBeGreaterThanOrEqual(2);
    expect(total).toBe(done);
    await guest.get(MINE).expect(401);
    await ben.get('/customer/acme/me').expect(401);
    await late.get(MINE).expect(404);
    await stranger.get('/session-context/globex/me/context').expect(404);
    await support.get('/admin/acme/jobs/missing').expect(404);
    const others = await shop.service('globex-backend');
    await others.get(job.replace('acme', 'globex')).expect(404);
  });

  it('of one kind, if they say so', async () => {
    const guest = await shop.visitor();
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    shop.clock.advanceSeconds(1);
    expect(await isDone(await begin(`${before()}&kind=customer`))).toEqual({
      state: 'done',
      done: 1,
      total: 1,
    });
    await ben.get('/customer/acme/me').expect(401);
    await guest.get(MINE).expect(404);
  });

  it('but not those that begin after the call, whatever time they name', async () => {
    const nextYear = 'createdBefore=2027-01-15T12:00:00Z';
    shop.clock.advanceSeconds(1);
    const job = await begin(nextYear);
    const late = await shop.visitor();
    await isDone(job);
    await late.get(MINE).expect(404);
  });

  it('only if the query is complete and has no typing error', async () => {
    for (const query of [
      '',
      'createdBefore=',
      'createdBefore=yesterday',
      'kind=anonymous',
      `${before()}&kind=guest`,
    ])
      await support.delete(`${SESSIONS}?${query}`).expect(400);
    const { body } = await support.delete(`${SESSIONS}?${before()}&kinds=customer`).expect(400);
    expect(JSON.stringify(body)).toContain('kinds');
  });

  it('in batches, of which none is lost or counted twice when an instance is killed', async () => {
    const ids = await many(450);
    shop.clock.advanceSeconds(1);
    const { sessions } = shop.storage;
    const remove = sessions.remove.bind(sessions);
    let removed = 0;
    // After 250 sessions, the store is gone for this instance: as if it were killed in the middle of a batch.
    const killed = vi.spyOn(sessions, 'remove').mockImplementation(async (key) => {
      removed += 1;
      if (removed > 250) throw new Error('the plug was pulled');
      await remove(key);
    });
    const job = await begin(before());
    await vi.waitFor(() => expect(removed).toBeGreaterThan(250), 20_000);
    await shop.app.get(JobRunner).settled();
    killed.mockRestore();
    const stopped = (await support.get(job).expect(200)).body;
    expect(stopped.state).toBe('running');
    expect(await left(ids)).toBeGreaterThan(0);
    // Nobody takes it as long as its holder may be alive.
    other.app.get(JobRunner).wake();
    await other.app.get(JobRunner).settled();
    expect((await support.get(job)).body).toEqual(stopped);
    shop.clock.advanceSeconds(30);
    other.app.get(JobRunner).wake();
    const done = await isDone(job);
    expect(await left(ids)).toBe(0);
    expect(done.done).toBeGreaterThanOrEqual(450);
    expect(done.done).toBeLessThan(460);
  });

  it('in batches that the next start continues at once after an orderly stop', async () => {
    const ids = await many(450);
    shop.clock.advanceSeconds(1);
    const third = await shop.secondInstance();
    const { sessions } = third.storage;
    let stop: Promise<void> | undefined;
    const remove = sessions.remove.bind(sessions);
    const slow = vi.spyOn(sessions, 'remove').mockImplementation(async (key) => {
      stop ??= third.app.get(JobRunner).onModuleDestroy();
      await remove(key);
    });
    const backend = await third.service('acme-support');
    const { body } = await backend.delete(`${SESSIONS}?${before()}`).expect(202);
    await vi.waitFor(() => expect(stop).toBeDefined(), 20_000);
    await stop;
    slow.mockRestore();
    await third.close();
    expect(await left(ids)).toBeGreaterThan(0);
    other.app.get(JobRunner).wake();
    await isDone(`/admin/acme/jobs/${body.job}`);
    expect(await left(ids)).toBe(0);
  });
});
