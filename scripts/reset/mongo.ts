import mongoose from 'mongoose';
import { ResetRefused, type ResettableStore } from './store.ts';

/** As the service connects: an address that names no database or application means these. */
const DATABASE = 'onesession';
const APP_NAME = 'onesession';
const OURS = 'tenants';
const OF_MONGODB: ReadonlySet<string> = new Set(['admin', 'config', 'local']);

type Client = mongoose.mongo.MongoClient;

/** @throws ResetRefused - a service is connected, or the database is not one of the service */
export async function mongoStore(uri: string): Promise<ResettableStore> {
  const address = uri.replace(/^[^/]+:\/\/(?:[^@/]*@)?/, '');
  const database = /^[^/?]*\/([^?]+)/.exec(address)?.[1] ?? DATABASE;
  const appName = new URLSearchParams(address.split('?')[1]).get('appName') ?? APP_NAME;
  if (OF_MONGODB.has(database)) throw new ResetRefused(`The database ${database} is MongoDB's own`);
  const client = new mongoose.mongo.MongoClient(uri, {
    appName: 'onesession-reset',
    serverSelectionTimeoutMS: 5000,
  });
  try {
    await refuseWhileUsed(client, appName);
    const contents = await contentsOf(client, database);
    return {
      name: `Database ${database} at ${address.split(/[/?]/)[0]}`,
      contents,
      remove: async () => void (await client.db(database).dropDatabase()),
      close: () => client.close(),
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function contentsOf(client: Client, database: string): Promise<readonly string[]> {
  const collections = await client.db(database).collections();
  if (collections.length > 0 && !collections.some(({ collectionName }) => collectionName === OURS)) {
    throw new ResetRefused(`The database ${database} is not one of onesession: nothing was removed`);
  }
  const lines = collections.map(async (one) => `${one.collectionName} (${await one.countDocuments()})`);
  return (await Promise.all(lines)).toSorted();
}

/** A service is known by the name that it connects with. Which database it uses, MongoDB does not say. */
async function refuseWhileUsed(client: Client, appName: string): Promise<void> {
  const connections = await connectionsOf(client, true).catch(() => connectionsOf(client, false));
  if (connections.includes(appName)) {
    throw new ResetRefused(`A service is connected to this MongoDB as ${appName}: stop it first`);
  }
}

/** @param allUsers needs the privilege `inprog`; without it, MongoDB tells the connections of this user */
async function connectionsOf(client: Client, allUsers: boolean): Promise<readonly unknown[]> {
  const stage = { $currentOp: { allUsers, idleConnections: true } };
  const found = await client.db('admin').aggregate([stage]).toArray();
  return found.map((connection) => connection['appName']);
}
