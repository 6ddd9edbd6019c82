import { type ChildProcess, spawn } from 'node:child_process';
import { hash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endLine, headLine, sessionLine } from '../../src/moving/lines/line.js';
import { NONE } from '../../src/moving/moved.types.js';
import type { Session } from '../../src/session/session.types.js';
import { EmbeddedStorage } from '../../src/storage/embedded/embedded-storage.js';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import type { Storage } from '../../src/storage/storage.js';
import { figure } from './support/figure.js';
import { PATIENCE_MS, sized, STORE } from './support/form.js';
import { ServiceProcess } from './support/service-process.js';
import { storeEnv } from './support/store.js';

const PROGRAM = resolve('dist/ctl/main.js');
const SESSIONS = sized(2_000, 100_000);
const KILLS = sized(2, 20);
/** Of the sessions that go on afterwards, by their refresh tokens. */
const REFRESHED = sized(20, 200);
const POLL_MS = 2;

describe('An import of sessions', { timeout: PATIENCE_MS }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-import-'));
  const file = join(folder, 'sessions.ndjson');
  const checkpoint = `${file}.checkpoint`;
  const dataDir = join(folder, 'data');
  const env = { ...storeEnv(), ...(STORE === 'embedded' && { DATA_DIR: dataDir }) };
  const children = new Set<ChildProcess>();
  const secrets = new Map<string, string>();
  const expected = new Map<string, string>();
  let service: ServiceProcess;

  const opened = async <T>(use: (storage: Storage) => Promise<T>): Promise<T> => {
    const { MONGODB_URI = '' } = storeEnvOf(env);
    const mongo = STORE === 'mongo' ? MongoStorage.open(MONGODB_URI) : undefined;
    await mongo?.prepare();
    const storage = mongo ?? (await EmbeddedStorage.open(dataDir));
    try {
      return await use(storage);
    } finally {
      await storage.close();
    }
  };

  beforeAll(async () => {
    const now = new Date();
    const lines = Array.from({ length: SESSIONS }, () => {
      const secret = randomBytes(32).toString('base64url');
      const session = aSession(secret, now);
      secrets.set(session.sessionId, secret);
      const line = sessionLine(session);
      expected.set(session.sessionId, line);
      return line;
    });
    const end = endLine({ ...NONE, session: SESSIONS });
    writeFileSync(file, [headLine('0.0.0', ['acme'], now), ...lines, end].join(''));
    await opened((storage) => storage.tenants.create({ name: 'acme', settings: {} }));
    service = await ServiceProcess.create(env);
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await service.dispose();
    rmSync(folder, { recursive: true });
  });

  const start = (): ChildProcess => {
    const { PATH, HOME } = process.env;
    const words = [PROGRAM, 'import', file, '--json'];
    const child = spawn(process.execPath, words, {
      env: { PATH, HOME, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    children.add(child);
    child.once('exit', () => children.delete(child));
    return child;
  };

  const reached = (): number =>
    existsSync(checkpoint) ? JSON.parse(readFileSync(checkpoint, 'utf8')).state.lines : 0;

  /** @returns whether it was killed in the middle */
  const killedBeyond = async (lines: number): Promise<boolean> => {
    const child = start();
    const ended = once(child, 'exit');
    while (child.exitCode === null && reached() < lines) await sleep(POLL_MS);
    const stillRan = child.kill('SIGKILL');
    const [, signal] = await ended;
    return stillRan && signal === 'SIGKILL';
  };

  it('R36: that is killed again and again, and goes on each time, loses none and doubles none', async () => {
    let kills = 0;
    for (let round = 1; round <= KILLS; round += 1) {
      const beyond = Math.ceil((SESSIONS / (KILLS + 1)) * round);
      if (await killedBeyond(beyond)) kills += 1;
      expect(reached()).toBeLessThan(SESSIONS);
    }
    expect(kills).toBe(KILLS);
    const [code] = await once(start(), 'exit');
    expect(code).toBe(0);
    const found = await opened(sessionsOf);
    expect(found.length).toBe(SESSIONS);
    expect(new Map(found.map((one) => [one.sessionId, sessionLine(one)])).size).toBe(SESSIONS);
    for (const one of found)
      expect(JSON.parse(sessionLine(one))).toEqual(JSON.parse(expected.get(one.sessionId) ?? 'null'));
    const refreshed = await goOn();
    const result = `${SESSIONS} sessions, ${kills} times kill -9 in the middle: 0 lost, 0 doubled, all as exported; ${refreshed} of ${REFRESHED} go on by their refresh tokens`;
    figure({ id: 'R36', result });
  });

  /** @returns how many shoppers who come back still have their session */
  const goOn = async (): Promise<number> => {
    await service.start();
    let count = 0;
    for (const [sessionId, secret] of [...secrets].slice(0, REFRESHED)) {
      const query = new URLSearchParams({
        tenant: 'acme',
        client_id: 'acme-storefront',
        refresh_token: `${sessionId}.${secret}`,
      });
      const response = await fetch(`${service.instance.url}/customerlogin/auth/anonymous/refresh?${query}`);
      const body = await response.json();
      expect(body).toMatchObject({ sessionId });
      count += 1;
    }
    return count;
  };
});

const storeEnvOf = (env: object): { readonly MONGODB_URI?: string } => env;

async function sessionsOf({ moving }: Storage): Promise<readonly Session[]> {
  const rows: Session[] = [];
  let after: string | undefined;
  do {
    const part = await moving.sessions('acme', 1_000, after);
    rows.push(...part.rows);
    after = part.next;
  } while (after !== undefined);
  return rows;
}

function aSession(secret: string, now: Date): Session {
  const later = new Date(now.getTime() + 86_400_000);
  return {
    tenant: 'acme',
    sessionId: randomUUID(),
    kind: 'anonymous',
    clientId: 'acme-storefront',
    epoch: randomUUID(),
    revision: 1,
    createdAt: now,
    lifetime: { aliveUntil: later, goneAt: later },
    refreshTokens: {
      current: { hash: hash('sha256', secret, 'base64url'), issuedAt: now, expiresAt: later },
      used: [],
    },
    asked: { currency: 'EUR' },
  };
}
