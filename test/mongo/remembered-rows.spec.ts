import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../src/session/session.types.js';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { BUILT_AT } from '../support/data/builders.js';
import { dropMongo, newMongoUri } from '../support/store/drivers.js';

const aSession = (): Session => ({
  tenant: 'acme',
  sessionId: randomUUID(),
  kind: 'customer',
  customerId: 'anna',
  clientId: 'first',
  epoch: 'e',
  revision: 1,
  createdAt: BUILT_AT,
  refreshTokens: { used: [] },
  asked: {},
});

const withClient = (clientId: string) => (current: Session) => ({
  next: { ...current, clientId },
  result: clientId,
});

/** How many rows the database sent, and how many of them whole. */
interface Sent {
  rows: number;
  whole: number;
}

describe('A session that an instance has read twice', () => {
  const uri = newMongoUri('monitorCommands=true');
  let here: MongoStorage;
  let other: MongoStorage;
  let sent: Sent = { rows: 0, whole: 0 };
  beforeAll(async () => {
    here = MongoStorage.open(uri);
    other = MongoStorage.open(uri);
    await Promise.all([here.prepare(), other.prepare()]);
    here.connection.getClient().on('commandSucceeded', ({ commandName, reply }) => {
      if (commandName !== 'find') return;
      const { firstBatch } = (reply as { cursor: { firstBatch: readonly object[] } }).cursor;
      sent.rows += firstBatch.length;
      sent.whole += firstBatch.filter((row) => 'changed' in row || 'tenant' in row).length;
    });
  });
  afterAll(async () => {
    await other.close();
    await dropMongo(uri, here);
  });

  const read = (session: Session) => here.sessions.find(session, BUILT_AT);
  const begun = async (): Promise<Session> => {
    const session = aSession();
    await here.sessions.create(session, BUILT_AT);
    await read(session);
    await read(session);
    sent = { rows: 0, whole: 0 };
    return session;
  };

  it('is not sent again while it is the same, and is shared by its readers, who can not change it', async () => {
    const session = await begun();
    const [first, second] = await Promise.all([read(session), read(session)]);
    expect(first).toMatchObject(session);
    expect(second).toBe(first);
    expect(await read(session)).toBe(first);
    expect(sent).toEqual({ rows: 2, whole: 0 });
    expect(() => Object.assign(first ?? {}, { clientId: 'another' })).toThrow(TypeError);
  });

  it('is sent again when another instance has changed it, and only then', async () => {
    const [session, same] = [await begun(), await begun()];
    await other.sessions.change(session, BUILT_AT, withClient('of another instance'));
    const [changed, kept] = await Promise.all([read(session), read(same)]);
    expect(changed).toMatchObject({ clientId: 'of another instance', revision: 2 });
    expect(kept).toMatchObject({ clientId: 'first', revision: 1 });
    expect(sent).toEqual({ rows: 2, whole: 1 });
  });

  it('follows the changes of this instance', async () => {
    const session = await begun();
    await here.sessions.change((await read(session)) ?? session, BUILT_AT, withClient('second'));
    expect(await read(session)).toMatchObject({ clientId: 'second', revision: 2 });
  });

  it('is none at once when another instance has erased it, and another one when it has begun again', async () => {
    const session = await begun();
    await other.sessions.remove(session);
    expect(await read(session)).toBeUndefined();
    await other.sessions.create({ ...session, clientId: 'begun again' }, BUILT_AT);
    expect(await read(session)).toMatchObject({ clientId: 'begun again', revision: 1 });
  });

  it('is gone at its end, by the clock of the reader', async () => {
    const goneAt = new Date(BUILT_AT.getTime() + 60_000);
    const session = { ...aSession(), lifetime: { aliveUntil: goneAt, goneAt } };
    await here.sessions.create(session, BUILT_AT);
    expect(await read(session)).toMatchObject(session);
    expect(await here.sessions.find(session, goneAt)).toBeUndefined();
  });

  it('is sent each time while events that are not told yet stand in its row', async () => {
    const session = await begun();
    const row = here.connection.collection<{ _id: string }>('sessions');
    const filter = { _id: `acme/${session.sessionId}` };
    const { rev } = (await row.findOne(filter)) as unknown as { rev: string };
    await row.updateOne(filter, { $set: { rev: `${rev}x`, outbox: [{ id: 'e1' }] } });
    sent = { rows: 0, whole: 0 };
    await read(session);
    await read(session);
    expect(sent).toEqual({ rows: 2, whole: 2 });
    await row.updateOne(filter, { $unset: { outbox: 1 } });
    for (let times = 0; times < 3; times += 1) await read(session);
    expect(sent).toEqual({ rows: 5, whole: 4 });
  });
});
