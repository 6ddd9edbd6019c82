import { createHash } from 'node:crypto';
import { chmodSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Another process has the folder open. */
export class FolderInUse extends Error {
  constructor(folder: string) {
    super(
      `DATA_DIR ${folder} is in use by another process: stop that one, or give this one its own DATA_DIR`,
    );
  }
}

export interface Ownership {
  release(): Promise<void>;
}

/** The kernel's limit for the path of a Unix socket, with some room. */
const LONGEST_SOCKET_PATH = 100;

/**
 * Allows one owner of a folder at a time, by a Unix socket in it. The kernel closes the socket however its process
 * ends, so an owner that was killed never locks out the next one, as a file with a process id might.
 * @throws FolderInUse
 */
export async function takeOwnership(folder: string): Promise<Ownership> {
  const path = socketPath(realpathSync(folder));
  const server = (await listen(path)) ?? (await takeOver(path));
  if (!server) throw new FolderInUse(folder);
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Whether a process has the folder open, without taking it. */
export const isOwned = (folder: string): Promise<boolean> => isAnswered(socketPath(realpathSync(folder)));

function socketPath(folder: string): string {
  const inside = join(folder, 'owner.sock');
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH) return inside;
  return join(tmpdir(), `onesession-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}.sock`);
}

/** A socket that nobody answers on was left by a process that was killed. */
async function takeOver(path: string): Promise<Server | undefined> {
  if (await isAnswered(path)) return undefined;
  rmSync(path, { force: true });
  return listen(path);
}

function listen(path: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve(server);
    });
  });
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
