import mongoose from 'mongoose';
import { median } from '../median.js';
import { aSession } from './sessions.js';

/** The indexes that lists of sessions go by. */
const LISTS = new Set(['newest_of_facets', 'newest', 'newest_of_customer', 'newest_of_cart']);
const ROUNDS = 3;
const WRITES = 4_000;
const AT_ONCE = 16;

/** What these indexes cost writes of sessions on MongoDB: rounds with and without them take turns. */
export async function writePrice(storage, random, clock) {
  // Building an index takes longer than the service waits for an answer.
  const client = await new mongoose.mongo.MongoClient(process.env.MONGODB_URI).connect();
  const sessions = client.db(storage.connection.name).collection('sessions');
  const indexes = (await sessions.listIndexes().toArray()).filter(({ name }) => LISTS.has(name));
  const measured = new Map();
  const note = (what, figures) => measured.set(what, [...(measured.get(what) ?? []), figures]);
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      await oneRound(storage, random, clock, (what, figures) => note(`${what}, with`, figures));
      for (const { name } of indexes) await sessions.dropIndex(name);
      await oneRound(storage, random, clock, (what, figures) => note(`${what}, without`, figures));
      for (const { key, v: _v, ...options } of indexes) await sessions.createIndex(key, options);
    }
  } finally {
    for (const { key, v: _v, ...options } of indexes) await sessions.createIndex(key, options);
    await client.close();
  }
  console.log('| write, and the indexes of lists | ms | CPU of MongoDB, ms |\n| --- | --: | --: |');
  for (const [what, figures] of measured) {
    const of = (name) => median(figures.map((one) => one[name])).toFixed(3);
    console.log(`| ${what} | ${of('ms')} | ${of('cpu')} |`);
  }
}

async function oneRound(storage, random, clock, note) {
  const now = clock.now();
  const made = Array.from({ length: WRITES }, (_, i) => ({
    ...aSession(random, now, i, WRITES),
    createdAt: now,
  }));
  const withContext = made.filter(({ context }) => context);
  const attribute = (name) => (session, i) =>
    storage.sessions.change(session, now, (current) => {
      const attributes = new Map(current.context.attributes);
      attributes.set(name, { value: `${name}-${i % 20}`, source: 'shopper', at: now });
      return { next: { ...current, context: { ...current.context, attributes } } };
    });
  await timed(storage, 'a new session', made, (session) => storage.sessions.create(session, now), note);
  await timed(storage, 'an attribute', withContext, attribute('note'), note);
  await timed(storage, 'an attribute that lists go by', withContext, attribute('utm_source'), note);
  await timed(storage, 'an end', made, (session) => storage.sessions.remove(session), note);
}

async function timed(storage, what, all, write, note) {
  const [begun, used] = [performance.now(), await cpuOf(storage)];
  for (let i = 0; i < all.length; i += AT_ONCE) {
    await Promise.all(all.slice(i, i + AT_ONCE).map((one, k) => write(one, i + k)));
  }
  const ms = (performance.now() - begun) / all.length;
  note(what, { ms, cpu: ((await cpuOf(storage)) - used) / all.length });
}

/** In ms, of the process that answers. */
async function cpuOf(storage) {
  const { extra_info: process } = await storage.connection.db.admin().serverStatus();
  return (process.user_time_us + process.system_time_us) / 1000;
}
