import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoStorage } from '../../../src/storage/mongo/mongo-storage.js';
import { documentsOf, type FreshStorage, openStorage } from '../store/drivers.js';
import { type Member, startReplicaSet } from '../mongo/mongod.js';

/** A store whose files show what is in them. */
export interface BareStorage extends FreshStorage {
  /** Returns all bytes of the store's files, its own log included. */
  files(): Promise<Buffer>;
  /** Returns all bytes of the files once everything is done that SECURITY.md asks for after an erasure. */
  filesAfterErasure(): Promise<Buffer>;
}

export const openBareStorage = (): Promise<BareStorage> =>
  process.env.TEST_DRIVER === 'mongo' ? openBareMongo() : openBareEmbedded();

async function openBareEmbedded(): Promise<BareStorage> {
  const opened = await openStorage();
  return { ...opened, files: () => opened.content(), filesAfterErasure: () => opened.content() };
}

/** By default, MongoDB compresses what it writes, so that a search of its files would find nothing in any case. */
const UNCOMPRESSED = [
  '--wiredTigerCollectionBlockCompressor=none',
  '--wiredTigerJournalCompressor=none',
  '--wiredTigerIndexPrefixCompression=false',
];

/**
 * MongoDB does not overwrite what was deleted: it stays in the oplog, the journal and in pages that are free, also after
 * `compact`. A member that copies the data after the erasure never gets it. So an operator has each member copy the data
 * again, one after the other; this looks at the files of the first that has.
 */
async function openBareMongo(): Promise<BareStorage> {
  const set = await startReplicaSet(1, { args: UNCOMPRESSED });
  const storage = MongoStorage.open(set.uri);
  await storage.prepare();
  await storage.connection.collection('sessions').dropIndex('gone_at');
  const filesOf = async (member: Member) => {
    await member.command({ fsync: 1 }, FLUSH_MS);
    return filesBelow(member.dbPath);
  };
  return {
    storage,
    drop: () => set.stop(),
    again: () => Promise.reject(new Error('one instance is enough to look at the files')),
    content: () => documentsOf(storage),
    files: async () => filesOf(await set.primary()),
    filesAfterErasure: async () => filesOf(await set.join()),
  };
}

const FLUSH_MS = 30_000;
const BLOCK = 4_096;

/** Without the blocks of zeros, of which MongoDB's journal has hundreds of megabytes. */
function filesBelow(folder: string): Buffer {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((one) => one.isFile());
  const empty = Buffer.alloc(BLOCK);
  return Buffer.concat(
    files.flatMap(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name));
      const starts = Array.from({ length: Math.ceil(bytes.length / BLOCK) }, (_, i) => i * BLOCK);
      const blocks = starts.map((start) => bytes.subarray(start, start + BLOCK));
      return blocks.filter((block) => !block.equals(empty));
    }),
  );
}
