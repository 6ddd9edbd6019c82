import { createApp } from '../../../src/app.setup.js';
import { readConfig } from '../../../src/config/config.schema.js';
import { createPino, Readiness } from '../../../src/observability/index.js';
import type { Storage } from '../../../src/storage/storage.js';
import { FatalWrites, storeOf } from '../programs/fatal-writes.js';
import { TestClock } from '../test-clock.js';

/**
 * An instance that is asked to block a customer and kills itself, as `kill -9` would, at the n-th write of the request:
 * when the write has begun, or when it is done. Its environment: `REQUEST` (path, token and body), `WRITES` (n), `MOMENT`
 * (`begun` or `done`), `NOW`, and `MONGODB_URI` or `DATA_DIR`.
 */
const { REQUEST = '{}', WRITES = '', MOMENT = '', NOW = '' } = process.env;

const WRITING: ReadonlySet<string> = new Set(['append', 'add', 'change', 'create', 'remove']);

const writes = new FatalWrites(WRITING, MOMENT);
const stored = await storeOf(process.env);
const storage: Storage = Object.assign(Object.create(stored), {
  customers: writes.counted(stored.customers),
  sessions: writes.counted(stored.sessions),
  outbox: writes.counted(stored.outbox),
  audit: writes.counted(stored.audit),
});
const config = readConfig(process.env);
const app = await createApp({ config, storage, clock: new TestClock(new Date(NOW)) }, createPino(config));
app.get(Readiness).state = 'serving';
await app.listen(0, '127.0.0.1');
const { path, token, body } = JSON.parse(REQUEST);
// What a start writes does not count.
writes.countTo(Number(WRITES));
const { status } = await fetch(`${await app.getUrl()}${path}`, {
  method: 'PATCH',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
await app.close();
process.exitCode = status === 200 ? 0 : 1;
