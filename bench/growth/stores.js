import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { startMongod, startService } from '../contenders.js';
import { Program } from '../lib/program.js';

const FILL = fileURLToPath(new URL('../../reports/bench/fill/', import.meta.url));
const BLOCK_BYTES = 512;
/** How often it reports progress. */
const TOLD = 20;

/** Number of shoppers that are measured per store. */
export const SHOPPERS = 5_000;

/** How each kind of store is kept on disk. `place` makes an empty one; the other functions get what it returned. */
export const KINDS = {
  embedded: {
    title: 'embedded',
    open: async () => undefined,
    place: async ({ folder }) => ({ DATA_DIR: await mkdtemp(join(folder, 'data-')) }),
    bytes: async ({ DATA_DIR }) =>
      readdirSync(DATA_DIR)
        .map((name) => statSync(join(DATA_DIR, name)).blocks * BLOCK_BYTES)
        .reduce((sum, bytes) => sum + bytes, 0),
  },
  mongo: {
    title: 'MongoDB',
    open: startMongod,
    place: async ({ mongo, sessions }) => ({ MONGODB_URI: mongo.replace('/?', `/growth-${sessions}?`) }),
    bytes: ({ MONGODB_URI }) => bytesOfDatabase(MONGODB_URI),
  },
};

/** The size on disk: compressed, and after everything in memory has been written. */
async function bytesOfDatabase(uri) {
  const client = await MongoClient.connect(uri);
  try {
    await client.db('admin').command({ fsync: 1 });
    const { storageSize, indexSize } = await client.db().stats();
    return storageSize + indexSize;
  } finally {
    await client.close();
  }
}

/** The program that fills a store, with the adapters as they are now. */
export function buildFill() {
  const { status } = spawnSync('node', ['scripts/build.ts', 'bench/growth/fill.js', FILL], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`the program that fills a store could not be built: ${status}`);
}

/**
 * A store with the demo data and so many sessions, and the service that serves it.
 * @param kind of KINDS
 * @param running takes each program that is started
 * @returns `bytes` on the disk of one session, with its share of carts and indexes
 */
export async function filledStore(kind, { sessions, folder, mongo, running, tell }) {
  const place = await kind.place({ folder, mongo, sessions });
  tell(`${kind.title}, ${sessions}: loading the demo data`);
  const first = await startService(place, { folder });
  await first.program.stop();
  const before = await kind.bytes(place);
  const tokensFile = join(folder, 'tokens.json');
  await fill(place, sessions, tokensFile, (done) =>
    tell(`${kind.title}, ${sessions}: ${done} sessions written`),
  );
  const bytes = ((await kind.bytes(place)) - before) / sessions;
  const service = await startService(place, { folder });
  running.push(service);
  return { ...service, sessions, bytes, refreshTokens: JSON.parse(await readFile(tokensFile, 'utf8')) };
}

async function fill(place, sessions, tokensFile, progress) {
  const env = { MONGODB_URI: '', ...place, SESSIONS: sessions, TOKENS: SHOPPERS, TOKENS_FILE: tokensFile };
  const program = new Program(join(FILL, 'fill.js'), { env });
  let told = 0;
  await program.finished(({ done }) => {
    if (done < told + sessions / TOLD && done < sessions) return;
    told = done;
    progress(done);
  });
}
