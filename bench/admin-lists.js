import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startMongod } from './contenders.js';

const HELP = `npm run bench:admin-lists -- [options]

Fills a store with sessions and customers, and times the lists of the admin API, without sockets. It prints and asserts nothing.

  --sessions N     how many (1000000)
  --customers N    how many (1000000)
  --store A,B      embedded, mongo (both)
  --rounds N       how often each list is asked for (40)
  --data FOLDER    keeps the embedded store in this folder, or takes the one that an earlier run has left there
  --mongo URI      a MongoDB of yours: the same, for the other store. Name a database in it
  --only TEXT      the lists whose name has this text
  --writes         only what the indexes of lists cost writes, on MongoDB
  --reindex        at the end, on MongoDB: how long a start takes that finds an index missing
`;

const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '1000000' },
    customers: { type: 'string', default: '1000000' },
    store: { type: 'string', default: 'embedded,mongo' },
    rounds: { type: 'string', default: '40' },
    data: { type: 'string' },
    mongo: { type: 'string' },
    only: { type: 'string', default: '' },
    writes: { type: 'boolean', default: false },
    reindex: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else for (const store of values.store.split(',')) await measure(store);

async function measure(store) {
  const folder = values.data ?? (await mkdtemp(join(tmpdir(), 'onesession-lists-')));
  const mongod = store === 'mongo' && values.mongo === undefined ? await startMongod() : undefined;
  try {
    const env = {
      ...process.env,
      MONGODB_URI: store === 'mongo' ? (values.mongo ?? mongod.url) : '',
      DATA_DIR: folder,
      SESSIONS: values.sessions,
      CUSTOMERS: values.customers,
      REINDEX: values.reindex ? 'yes' : '',
      ROUNDS: values.rounds,
      ONLY: values.only,
      WRITES: values.writes ? 'yes' : '',
    };
    const { status } = spawnSync(process.execPath, ['reports/bench-lists/run.js'], { env, stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  } finally {
    await mongod?.program.stop();
    if (values.data === undefined) await rm(folder, { recursive: true, force: true });
  }
}
