import mongoose, { type mongo } from 'mongoose';
import { z } from 'zod';
import { checkIndexes } from '../../storage/mongo/link/indexes.js';
import { SCHEMAS } from '../../storage/mongo/link/schemas.js';
import { networkReason } from '../io/network-words.js';
import { failed, type Finding, ok, PATIENCE_MS, warning } from './check.js';
import { spaceFinding } from './space.js';

/** As the service connects: an address that names no database means this one. */
const DATABASE = 'onesession';
const CLOCK_TOLERANCE_MS = 2_000;

export async function checkMongo(uri: string): Promise<readonly Finding[]> {
  const client = new mongoose.mongo.MongoClient(uri, {
    appName: 'onesession-doctor',
    serverSelectionTimeoutMS: PATIENCE_MS,
    connectTimeoutMS: PATIENCE_MS,
  });
  try {
    await client.connect();
    const db = client.db(client.options.dbName === 'test' ? DATABASE : client.options.dbName);
    return [await checkServer(db), await checkClock(db), await checkAllIndexes(db), await checkSpace(db)];
  } catch (error) {
    const advice = 'Start MongoDB, or correct MONGODB_URI: its hosts, user and password';
    return [failed('store', `MongoDB can't be used (${networkReason(error)})`, advice)];
  } finally {
    await client.close();
  }
}

async function checkServer(db: mongo.Db): Promise<Finding> {
  const [{ version }, hello] = await Promise.all([
    db.admin().serverInfo(),
    db.command({ hello: 1 }, { readPreference: 'primary' }),
  ]);
  const kind = hello['msg'] === 'isdbgrid' ? 'a sharded cluster' : hello['setName'] && 'a replica set';
  if (kind) return ok('store', `MongoDB ${String(version)}, ${String(kind)}`);
  const advice =
    'Make it a replica set, of one member at least: a server alone can lose what it has acknowledged';
  return warning('store', `MongoDB ${String(version)} is a server alone`, advice);
}

async function checkClock(db: mongo.Db): Promise<Finding> {
  const askedAt = Date.now();
  const { localTime } = await db.command({ hello: 1 });
  const apart = Math.abs(new Date(localTime).getTime() - (askedAt + Date.now()) / 2);
  if (apart <= CLOCK_TOLERANCE_MS) return ok('clock of the store', 'agrees with that of this machine');
  return warning(
    'clock of the store',
    `${Math.round(apart / 1000)} s apart from that of this machine`,
    'Synchronise both by NTP: MongoDB erases what has expired by its own clock',
  );
}

/** The properties by which a declared and an existing index are compared. */
const index = z.object({
  name: z.string(),
  key: z.record(z.string(), z.union([z.number(), z.string()])),
  unique: z.boolean().optional(),
  sparse: z.boolean().optional(),
  hidden: z.boolean().optional(),
  expireAfterSeconds: z.number().optional(),
  partialFilterExpression: z.unknown().optional(),
  collation: z.unknown().optional(),
});

async function checkAllIndexes(db: mongo.Db): Promise<Finding> {
  const names = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  const checks = await Promise.all(
    Object.entries(SCHEMAS).map(async ([name, schema]) => {
      const declared = schema.indexes().map(([key, options]) => index.parse({ ...options, key }));
      const found = names.has(name) ? await db.collection(name).listIndexes().toArray() : [];
      const { missing, differing } = checkIndexes(name, declared, z.array(index).parse(found));
      return { missing: missing.map((one) => `${name}.${one.name}`), differing };
    }),
  );
  return indexFinding(
    checks.flatMap(({ missing }) => missing),
    checks.flatMap(({ differing }) => differing),
  );
}

function indexFinding(missing: readonly string[], differing: readonly string[]): Finding {
  if (differing.length > 0) {
    const advice = 'Drop each of these, and start the service: it makes them as declared';
    return failed('indexes', `not as this version declares them:\n${differing.join('\n')}`, advice);
  }
  if (missing.length === 0) return ok('indexes', 'all that this version declares');
  const advice = 'Start the service: it makes what is missing';
  return warning('indexes', `missing: ${missing.join(', ')}`, advice);
}

async function checkSpace(db: mongo.Db): Promise<Finding> {
  const { fsTotalSize, fsUsedSize, storageSize, indexSize } = await db.stats();
  const [whole, used] = [Number(fsTotalSize ?? 0), Number(fsUsedSize ?? 0)];
  return spaceFinding({ free: whole - used, whole, stored: Number(storageSize) + Number(indexSize) });
}
