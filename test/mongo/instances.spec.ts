import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../src/session/session.types.js';
import { newId } from '../../src/shared/ids.js';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { aCart, BUILT_AT } from '../support/data/builders.js';
import { dropMongo, newMongoUri } from '../support/store/drivers.js';

const aSession = (): Session => ({
  tenant: 'acme',
  sessionId: randomUUID(),
  kind: 'customer',
  customerId: 'anna',
  clientId: '0',
  epoch: 'e',
  revision: 1,
  createdAt: BUILT_AT,
  refreshTokens: { used: [] },
  asked: {},
});

/** Changes of one process share their writes; here no two instances know of each other. */
describe('Three instances on one MongoDB', () => {
  const uri = newMongoUri();
  let instances: readonly MongoStorage[];

  beforeAll(async () => {
    instances = Array.from({ length: 3 }, () => MongoStorage.open(uri));
    await Promise.all(instances.map((storage) => storage.prepare()));
  });

  afterAll(async () => {
    for (const storage of instances) await dropMongo(uri, storage);
  });

  const [times, at] = [100, (i: number) => instances[i % 3] as MongoStorage];
  const everywhere = <R>(call: (storage: MongoStorage, i: number) => Promise<R>): Promise<R[]> =>
    Promise.all(Array.from({ length: times }, (_, i) => call(at(i), i)));

  it('lose no change of one session', async () => {
    const session = aSession();
    await at(0).sessions.create(session, BUILT_AT);
    const results = await everywhere(({ sessions }) =>
      sessions.change(session, BUILT_AT, (current) => {
        const next = { ...current, clientId: `${Number(current.clientId) + 1}` };
        return { next, result: next.clientId };
      }),
    );
    expect(new Set(results.map((one) => one?.result)).size).toBe(times);
    const stored = await Promise.all(instances.map(({ sessions }) => sessions.find(session, BUILT_AT)));
    for (const one of stored) expect(one).toMatchObject({ clientId: `${times}`, revision: times + 1 });
  });

  it('let one of many compare-and-sets win', async () => {
    const session = aSession();
    await at(0).sessions.create(session, BUILT_AT);
    const won = await everywhere(({ sessions }, i) =>
      sessions.change(session, BUILT_AT, (current) =>
        current.revision === 1
          ? { next: { ...current, clientId: `${i}` }, result: true }
          : { next: current, result: false },
      ),
    );
    expect(won.filter((one) => one?.result)).toHaveLength(1);
    const winner = won.findIndex((one) => one?.result);
    expect(await at(1).sessions.find(session, BUILT_AT)).toMatchObject({
      clientId: `${winner}`,
      revision: 2,
    });
  });

  it('read on one what was written on another, at once', async () => {
    const session = aSession();
    await at(0).sessions.create(session, BUILT_AT);
    for (let i = 1; i < 60; i += 1) {
      await at(i).sessions.change(session, BUILT_AT, (current) => ({
        next: { ...current, clientId: `${i}` },
        result: undefined,
      }));
      expect(await at(i + 1).sessions.find(session, BUILT_AT)).toMatchObject({ clientId: `${i}` });
    }
    await at(0).sessions.remove(session);
    expect(await at(1).sessions.find(session, BUILT_AT)).toBeUndefined();
  });

  it('make one open cart of a slot, and those who made none find it', async () => {
    const { owner } = aCart();
    const outcomes = await everywhere(async ({ carts }) => {
      const cart = aCart({ owner });
      return (await carts.create(cart)) ? cart.id : { found: (await carts.findOpen(cart))?.id };
    });
    const made = outcomes.filter((one) => typeof one === 'string');
    expect(made).toHaveLength(1);
    const losers = outcomes.filter((one) => typeof one !== 'string');
    expect(new Set(losers.map(({ found }) => found))).toEqual(new Set(made));
  });

  it('give an owner as many carts as slots, though none was there before', async () => {
    const { owner } = aCart();
    const made = await everywhere(({ carts }, i) => carts.create(aCart({ owner, type: `type ${i % 10}` })));
    expect(made.filter(Boolean)).toHaveLength(10);
    expect(await at(0).carts.listOpen('acme', owner, 100)).toHaveLength(10);
  });

  it('agree on who holds a slot that many move into while its carts are closed and removed', async () => {
    const owner = { kind: 'customer', customerId: newId() } as const;
    const carts = Array.from({ length: 30 }, () => aCart());
    await Promise.all(carts.map((cart, i) => at(i).carts.create(cart)));
    await Promise.all(
      carts.map(async ({ id }, i) => {
        await at(i).carts.change('acme', id, (current) => ({ ...current, owner }));
        if (i % 3 === 1)
          await at(i).carts.change('acme', id, (current) => ({ ...current, status: 'CLOSED' }));
        if (i % 3 === 2) await at(i).carts.remove('acme', id);
      }),
    );
    const seen = await Promise.all(instances.map((storage) => storage.carts.findOpen(aCart({ owner }))));
    expect(new Set(seen.map((cart) => cart?.id)).size).toBe(1);
    const listed = await at(0).carts.listOpen('acme', owner, 100);
    expect(listed).toEqual(seen[0] ? [seen[0]] : []);
    if (!seen[0]) expect(await at(1).carts.create(aCart({ owner }))).toBe(true);
  });

  it('keep the slot of a cart that all of them move to it at once, or close and open again', async () => {
    for (let round = 0; round < 20; round += 1) {
      const cart = aCart();
      const owner = { kind: 'customer', customerId: newId() } as const;
      await at(0).carts.create(cart);
      await Promise.all(
        instances.map(({ carts }, i) =>
          carts.change('acme', cart.id, (current) => ({ ...current, owner, zipCode: `${i}` })),
        ),
      );
      expect((await at(1).carts.findOpen(aCart({ owner })))?.id).toBe(cart.id);
      await Promise.all(
        instances.map(async ({ carts }) => {
          await carts.change('acme', cart.id, (current) => ({ ...current, status: 'CLOSED' }));
          await carts.change('acme', cart.id, (current) => ({ ...current, status: 'OPEN' }));
        }),
      );
      const { status } = (await at(2).carts.find('acme', cart.id)) ?? {};
      expect((await at(1).carts.findOpen(aCart({ owner })))?.id).toBe(
        status === 'OPEN' ? cart.id : undefined,
      );
    }
  });
});
