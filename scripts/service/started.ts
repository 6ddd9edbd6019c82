import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STARTS_WITHIN_MS = 60_000;

/** A service with the demo data, on a free port and in an empty data folder. */
export interface StartedService {
  readonly url: string;
  /** Until its first answer. */
  readonly startedInMs: number;
}

/** @param script of package.json @throws Error - no answer within a minute */
export async function withService<T>(
  script: string,
  use: (service: StartedService) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, PORT: String(port), DATA_DIR: join(folder, 'data') };
  const service = spawn('npm', ['run', '--silent', script], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  try {
    return await use({ url, startedInMs: await firstAnswer(url) });
  } finally {
    await stop(service);
    rmSync(folder, { recursive: true, force: true });
  }
}

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
