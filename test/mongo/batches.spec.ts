import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../src/session/session.types.js';
import { TooLarge } from '../../src/shared/domain-error.js';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { BUILT_AT } from '../support/data/builders.js';
import { dropMongo, newMongoUri } from '../support/store/drivers.js';

const TIMES = 20;
const TOO_LARGE = 'x'.repeat(17 * 1024 * 1024);

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

const many = <R>(call: (i: number) => Promise<R>): Promise<R[]> =>
  Promise.all(Array.from({ length: TIMES }, (_, i) => call(i)));

const namedClient = (clientId: string) => (current: Session) => ({
  next: { ...current, clientId },
  result: clientId,
});

/** Many at once in one process: what MongoDB is asked, and what each of them is told. */
describe('Requests that come at once', () => {
  const uri = newMongoUri('monitorCommands=true');
  let storage: MongoStorage;
  let other: MongoStorage;
  let asked: string[] = [];
  beforeAll(async () => {
    storage = MongoStorage.open(uri);
    other = MongoStorage.open(uri);
    await Promise.all([storage.prepare(), other.prepare()]);
    storage.connection.getClient().on('commandStarted', ({ commandName }) => asked.push(commandName));
    // A first read after a start is linearizable, and those are asked for one by one.
    await storage.sessions.find(aSession(), BUILT_AT);
  });
  afterAll(async () => {
    await other.close();
    await dropMongo(uri, storage);
  });

  it('are one insert, one find and one update, and each is told of its own record', async () => {
    const sessions = Array.from({ length: TIMES }, aSession);
    const of = (i: number) => sessions[i] ?? aSession();
    asked = [];
    expect(await many((i) => storage.sessions.create(of(i), BUILT_AT))).toEqual(sessions.map(() => true));
    const found = await many((i) => storage.sessions.find(of(i), BUILT_AT));
    expect(found.map((one) => one?.sessionId)).toEqual(sessions.map(({ sessionId }) => sessionId));
    await many((i) => storage.sessions.change(found[i] ?? of(i), BUILT_AT, namedClient(`${i}`)));
    expect(asked).toEqual(['insert', 'find', 'update']);
    const changed = await many((i) => other.sessions.find(of(i), BUILT_AT));
    expect(changed.map((one) => one?.clientId)).toEqual(sessions.map((_, i) => `${i}`));
  });

  it('are refused one by one: an id that is taken keeps no other from being made', async () => {
    const taken = aSession();
    await storage.sessions.create(taken, BUILT_AT);
    const made = await many((i) => storage.sessions.create(i === 7 ? taken : aSession(), BUILT_AT));
    expect(made.filter((one) => !one)).toHaveLength(1);
    expect(made[7]).toBe(false);
  });

  it('lose no change to another instance, and bring no erased record back', async () => {
    const sessions = Array.from({ length: TIMES }, aSession);
    const of = (i: number) => sessions[i] ?? aSession();
    await many((i) => storage.sessions.create(of(i), BUILT_AT));
    const found = await many((i) => storage.sessions.find(of(i), BUILT_AT));
    const seen = (i: number) => found[i] ?? of(i);
    await other.sessions.remove(of(3));
    await other.sessions.change(of(5), BUILT_AT, (current) => ({
      next: { ...current, epoch: 'of the other instance' },
      result: undefined,
    }));
    const told = await many((i) => storage.sessions.change(seen(i), BUILT_AT, namedClient('new')));
    expect(told.map((one) => one?.result)).toEqual(sessions.map((_, i) => (i === 3 ? undefined : 'new')));
    expect(await other.sessions.find(of(3), BUILT_AT)).toBeUndefined();
    expect(await other.sessions.find(of(5), BUILT_AT)).toMatchObject({
      epoch: 'of the other instance',
      clientId: 'new',
      revision: 3,
    });
  });

  it('are not held up by one whose record is too large', async () => {
    const made = await Promise.allSettled(
      Array.from({ length: TIMES }, (_, i) =>
        storage.sessions.create({ ...aSession(), ...(i === 2 && { clientId: TOO_LARGE }) }, BUILT_AT),
      ),
    );
    const refused = made.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toBeInstanceOf(TooLarge);
    expect(made.filter((one) => one.status === 'fulfilled' && one.value)).toHaveLength(TIMES - 1);
  });
});
