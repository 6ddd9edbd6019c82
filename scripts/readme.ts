import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { walk } from './readme/walk.ts';

/**
 * Starts the service with the README's command in an empty data folder, times its first answer, and runs the tutorial.
 * Writes reports/readme.json.
 */
const STARTS_WITHIN_MS = 60_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function firstAnswer(url: string): Promise<number> {
  const start = performance.now();
  while (performance.now() - start < STARTS_WITHIN_MS) {
    const answered = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answered?.ok) return performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no answer within ${STARTS_WITHIN_MS} ms`);
}

/** Signals the whole group, as Ctrl-C does. */
function stop(service: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => service.once('exit', () => resolve()));
  if (service.pid !== undefined) process.kill(-service.pid, 'SIGTERM');
  return ended;
}

const folder = mkdtempSync(join(tmpdir(), 'onesession-readme-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const env = { ...process.env, PORT: String(port), DATA_DIR: join(folder, 'data') };
const service = spawn('npm', ['start'], { env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
try {
  const ms = await firstAnswer(url);
  const outcomes = await walk(readFileSync('README.md', 'utf8'), url);
  for (const { command, answer, got, passed } of outcomes) {
    if (!passed) process.stdout.write(`README:\n${command}expected:\n${answer}\ngot:\n${got}\n\n`);
  }
  const failed = outcomes.filter(({ passed }) => !passed).length;
  const passed = outcomes.length - failed;
  mkdirSync('reports', { recursive: true });
  writeFileSync('reports/readme.json', JSON.stringify({ passed, failed, firstAnswerMs: Math.round(ms) }));
  process.stdout.write(`README: first answer after ${(ms / 1000).toFixed(1)} s (build included), `);
  process.stdout.write(`${passed} of ${outcomes.length} steps give the README's answer\n`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await stop(service);
  rmSync(folder, { recursive: true, force: true });
}
