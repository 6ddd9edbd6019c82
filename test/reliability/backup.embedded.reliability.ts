import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from './support/figure.js';
import { PATIENCE_MS, rounds, sized } from './support/form.js';
import { Lane } from './support/lane.js';
import { ServiceProcess } from './support/service-process.js';

const PROGRAM = resolve('dist/ctl/main.js');
const BACKUPS = sized(3, 30);
const LANES = 16;
const SESSIONS_OF_A_LANE = 5;
const UNDER_WAY_MS = 300;

describe('A backup of the embedded store', { timeout: PATIENCE_MS }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-backups-'));
  const children = new Set<ChildProcess>();
  let service: ServiceProcess;
  let lanes: Lane[];
  let writing = true;
  let written: Promise<unknown>;

  beforeAll(async () => {
    service = await ServiceProcess.create();
    await service.start();
    lanes = await Promise.all(
      Array.from({ length: LANES }, () => Lane.begin(service.instance, SESSIONS_OF_A_LANE)),
    );
    written = Promise.all(lanes.map((lane) => lane.write(service.instance, () => writing)));
    // What goes wrong is thrown where it is awaited.
    written.catch(() => undefined);
  });
  afterAll(async () => {
    writing = false;
    for (const child of children) child.kill('SIGKILL');
    await service.dispose();
    rmSync(folder, { recursive: true });
  });

  const start = (...words: string[]): ChildProcess => {
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, DATA_DIR: dirname(service.dataFile) };
    const child = spawn(process.execPath, [PROGRAM, ...words], { env, stdio: 'ignore' });
    children.add(child);
    child.once('exit', () => children.delete(child));
    return child;
  };

  const run = async (...words: string[]): Promise<void> => {
    const [code] = await once(start(...words), 'exit');
    expect(code, words.join(' ')).toBe(0);
  };

  const restored = async (backup: string, read: (from: ServiceProcess) => Promise<void>): Promise<void> => {
    const dataDir = `${backup}-restored`;
    await run('restore', backup, '--data-dir', dataDir);
    const other = await ServiceProcess.create({ DATA_DIR: dataDir });
    try {
      await other.start();
      await read(other);
    } finally {
      await other.dispose();
      rmSync(dataDir, { recursive: true });
    }
  };

  it(`R28 embedded: each of ${BACKUPS} backups under load, some with kill -9, restores to a prefix of the history`, async () => {
    let [kills, taken] = [0, 0];
    for (const round of rounds('R28', BACKUPS)) {
      const backup = join(folder, String(round));
      const before = lanes.map(({ acknowledged }) => acknowledged);
      const made = run('backup', backup);
      if (round % 2 === 0) {
        await sleep(UNDER_WAY_MS);
        await service.kill();
        kills += 1;
        await made;
        await service.start();
      }
      await made;
      const after = lanes.map(({ acknowledged }) => acknowledged);
      await restored(backup, async ({ instance }) => {
        for (const [i, lane] of lanes.entries()) {
          const last = await lane.prefixIn(instance);
          expect(last).toBeGreaterThanOrEqual(before[i] ?? 0);
          // The write under way may have been stored already.
          expect(last).toBeLessThanOrEqual((after[i] ?? 0) + 1);
          taken += last;
        }
      });
      rmSync(backup, { recursive: true });
    }
    writing = false;
    await written;
    const all = lanes.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
    expect(taken).toBeGreaterThan(0);
    const result = `${BACKUPS} backups during ${all} writes and ${kills} kills of the service: each restored to a prefix of the history`;
    figure({ id: 'R28', result });
  });

  it('R28 embedded: a backup that is killed leaves no folder of its name', async () => {
    const backup = join(folder, 'killed');
    const child = start('backup', backup);
    const ended = once(child, 'exit');
    const drafts = (): readonly string[] =>
      readdirSync(folder).filter((name) => name.startsWith('killed.part-'));
    while (child.exitCode === null && drafts().length === 0) await turn();
    child.kill('SIGKILL');
    await ended;
    expect(drafts()).toHaveLength(1);
    expect(existsSync(backup)).toBe(false);
    await run('backup', backup);
    expect(existsSync(backup)).toBe(true);
  });
});
