import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineIdOf } from '../src/audit/line-id.rules.ts';
import { EmbeddedStorage } from '../src/storage/embedded/embedded-storage.ts';
import { MongoStorage } from '../src/storage/mongo/mongo-storage.ts';
import { startMongod } from '../test/support/mongo/mongod.ts';

/** `npm run bench:audit [LINES]`: how long a page of the audit log takes on both stores. */
const LINES = Number(process.argv[2] ?? 1_000_000);
const AT_ONCE = 5_000;
const TIMES = 40;
const BEGUN = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const LATER = new Date(Date.now() + 365 * 24 * HOUR);

/** Most lines are reads of sessions by two tools; a few are refusals, and changes of clients. */
function lineOf(i) {
  const at = new Date(BEGUN + i * 10);
  const isRare = i % 20_000 === 7;
  return {
    tenant: 'acme',
    id: lineIdOf(at, 0, randomBytes(8).toString('hex')),
    at,
    actor: { kind: 'service', id: isRare ? 'auditor' : `tool-${i % 2}` },
    action: isRare ? 'client.change' : ['session.list', 'session.read', 'session.explain'][i % 3],
    target: { kind: 'session', id: `session-${i % 50_000}` },
    network: '203.0.113.0/24',
    result: i % 5_000 === 11 ? 'forbidden' : 'ok',
    requestId: 'request',
    erasedAt: LATER,
  };
}

const middle = new Date(BEGUN + LINES * 5);
const QUERIES = {
  'the newest page': {},
  'a page in the middle, by time': { to: middle },
  'by an actor of half of all lines': { actor: 'tool-1' },
  'by an actor of one line in 20,000': { actor: 'auditor' },
  'by target': { target: 'session-77' },
  'refusals, one line in 5,000': { result: 'forbidden' },
  'an action of a third and an actor of half': { action: 'session.read', actor: 'tool-1' },
  'an action of a third, refused': { action: 'session.read', result: 'forbidden' },
  'an action and an actor that never meet': { action: 'client.change', actor: 'tool-1' },
};

async function measure(audit) {
  for (const [what, query] of Object.entries(QUERIES)) {
    const times = [];
    let found;
    for (let i = 0; i < TIMES; i += 1) {
      const begun = performance.now();
      found = await audit.list('acme', { ...query, limit: 50 });
      times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    const [p50, p95] = [0.5, 0.95].map((part) => times[Math.floor(part * TIMES)].toFixed(1));
    console.log(`  ${what}: ${found.lines.length} lines, p50 ${p50} ms, p95 ${p95} ms`);
  }
}

async function run(name, storage) {
  const begun = performance.now();
  for (let i = 0; i < LINES; i += AT_ONCE) {
    await storage.audit.append(Array.from({ length: Math.min(AT_ONCE, LINES - i) }, (_, j) => lineOf(i + j)));
  }
  console.log(`${name}: ${LINES} lines, written in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  await measure(storage.audit);
  await storage.close();
}

const folder = mkdtempSync(join(tmpdir(), 'onesession-audit-'));
await run('embedded', await EmbeddedStorage.open(folder));
rmSync(folder, { recursive: true });
// Its own server, even where there is another one: this leaves many lines.
const mongod = await startMongod();
const storage = MongoStorage.open(mongod.uri);
await storage.prepare();
await run('MongoDB', storage);
await mongod.stop();
