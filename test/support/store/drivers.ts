import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { EmbeddedStorage } from '../../../src/storage/embedded/embedded-storage.js';
import { MongoStorage } from '../../../src/storage/mongo/mongo-storage.js';
import { NO_TRACING, type Tracing } from '../../../src/shared/tracing.js';
import type { Storage } from '../../../src/storage/storage.js';

/** A fresh store of the driver that `TEST_DRIVER` names, and how to remove it. */
export interface OpenedStorage {
  readonly storage: Storage;
  drop(): Promise<void>;
  /** Opens the store for a second instance. */
  again(): Promise<OpenedStorage>;
}

/** A store that nobody else has opened yet. */
export interface FreshStorage extends OpenedStorage {
  /**
   * Returns everything that is written, as a thief would see it: each file of the folder, or each document of the
   * database.
   */
  content(): Promise<Buffer>;
}

export function openStorage(tracing: Tracing = NO_TRACING): Promise<FreshStorage> {
  return process.env.TEST_DRIVER === 'mongo' ? openMongo(tracing) : openEmbedded();
}

async function openEmbedded(): Promise<FreshStorage> {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-'));
  const storage = await EmbeddedStorage.open(folder);
  return {
    ...asOpened(storage),
    drop: async () => rmSync(folder, { recursive: true, force: true }),
    content: async () => filesOf(folder),
  };
}

function filesOf(folder: string): Buffer {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(files.map(({ name }) => readFileSync(join(folder, name))));
}

/** Wraps a store that a test has opened itself. */
export const asOpened = (storage: Storage): OpenedStorage => ({
  storage,
  drop: async () => undefined,
  again: async () => sharedWithOwner(storage),
});

/** A folder has one owner, so a second instance shares the store of the first, which closes it. */
function sharedWithOwner(storage: Storage): OpenedStorage {
  const shared: Storage = Object.assign(Object.create(storage), { close: async () => undefined });
  return asOpened(shared);
}

async function openMongo(tracing: Tracing): Promise<FreshStorage> {
  // Command events for tests that look at queries. Without a listener they cost nothing.
  const uri = newMongoUri('monitorCommands=true');
  const storage = MongoStorage.open(uri, tracing);
  await storage.prepare();
  // The tests' clock may be behind MongoDB's own, whose TTL pass would then delete what is alive in a test.
  await storage.connection.collection('sessions').dropIndex('gone_at');
  return {
    storage,
    drop: () => dropMongo(uri, storage),
    again: () => connectAgain(uri),
    content: () => documentsOf(storage),
  };
}

/** Marks reads of tests that look at everything, so that nobody takes them for queries of the service. */
export const WHOLE_STORE = 'the whole store';

/** Returns the bytes of all that MongoDB has of the service. */
export async function documentsOf({ connection }: MongoStorage): Promise<Buffer> {
  const collections = (await connection.db?.collections()) ?? [];
  const found = await Promise.all(
    collections.map((one) => one.find({}, { raw: true, comment: WHOLE_STORE }).toArray()),
  );
  return Buffer.concat(found.flat() as unknown as Buffer[]);
}

async function connectAgain(uri: string): Promise<OpenedStorage> {
  const storage = MongoStorage.open(uri);
  await storage.prepare();
  return { ...asOpened(storage), again: () => connectAgain(uri) };
}

/** Returns the URI of a database that nobody else uses, on the MongoDB that the run shares. */
export function newMongoUri(option = ''): string {
  const [, hosts = '', options = ''] =
    /^(mongodb(?:\+srv)?:\/\/[^/?]+)[^?]*(.*)$/.exec(inject('mongoUri')) ?? [];
  const query = [...options.replace(/^\?/, '').split('&'), option].filter((part) => part !== '').join('&');
  return `${hosts}/test-${randomBytes(8).toString('hex')}?${query}`;
}

export async function dropMongo(uri: string, storage: MongoStorage): Promise<void> {
  await storage.close();
  await storage.connection.openUri(uri);
  await storage.connection.dropDatabase();
  await storage.connection.close();
}
