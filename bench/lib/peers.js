import { homedir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:net';

/** Where programs are kept that are fetched for a comparison, outside node_modules. */
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'onesession');

/** The user that peers know. */
export const USER = { email: 'ben@acme.test', password: 'demo-Ben-2026' };

export const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/**
 * Waits until a peer answers, then tells the benchmark where it is. The peer ends with the benchmark.
 * @param {import('node:child_process').ChildProcess} child
 * @param {(url: string) => Promise<void>} [prepare] what is done before it is measured
 */
export async function servePeer(child, url, health, prepare = async () => undefined) {
  process.once('disconnect', () => {
    child.once('exit', () => process.exit(0));
    child.kill();
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
    const answer = await fetch(url + health).catch(() => undefined);
    if (answer?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await prepare(url);
  process.send?.({ url, pid: child.pid });
}
