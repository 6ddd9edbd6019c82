import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Config, WrongConfiguration } from './config/config.schema.js';
import { reasonOf } from './shared/system-error.js';

/** The settings that choose the unusable address. */
interface Settings {
  readonly port: 'PORT' | 'ADMIN_PORT';
  readonly host: 'HOST' | 'ADMIN_HOST';
}

/** @returns undefined if the error is not about an address */
export async function unusableAddress(
  error: unknown,
  config: Config,
): Promise<WrongConfiguration | undefined> {
  if (!isSystemError(error) || (error.syscall !== 'listen' && error.syscall !== 'getaddrinfo'))
    return undefined;
  const { port, host } = settingsOf(error, config);
  switch (error.code) {
    case 'EADDRINUSE': {
      const owner = await ownerOf(Number(config[port]));
      return new WrongConfiguration(
        `${port} ${config[port]} is in use${owner === undefined ? '' : ` by ${owner}`}: stop what listens there, or set ${port} to another one`,
      );
    }
    case 'EACCES':
      return new WrongConfiguration(
        `${port} ${config[port]} may not be used by this user: set ${port} to 1024 or more`,
      );
    default:
      return new WrongConfiguration(
        `${host} ${config[host]} can't be used: ${reasonOf(error)}. Set ${host} to an address of this machine`,
      );
  }
}

interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly port?: number;
  readonly address?: string;
  readonly hostname?: string;
}

const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error && 'code' in error && 'syscall' in error;

function settingsOf({ port = 0, address, hostname }: SystemError, config: Config): Settings {
  const { ADMIN_PORT, ADMIN_HOST } = config;
  // An error about an unknown name says nothing about a port.
  const byHost = hostname !== undefined || ADMIN_PORT === config.PORT;
  const isAdmin = byHost
    ? (hostname ?? address) === ADMIN_HOST && ADMIN_HOST !== config.HOST
    : port === ADMIN_PORT;
  return isAdmin ? { port: 'ADMIN_PORT', host: 'ADMIN_HOST' } : { port: 'PORT', host: 'HOST' };
}

/** Returns who listens on a port, as far as Linux shows it to this user. @returns `node (process 4711)` */
async function ownerOf(port: number): Promise<string | undefined> {
  try {
    const inodes = await listenersOn(port);
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      if (await holds(pid, inodes)) {
        // Only the program, because its arguments may be secrets.
        const [program = ''] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
        return `${basename(program)} (process ${pid})`;
      }
    }
  } catch {
    // Another operating system, or no permission.
  }
  return undefined;
}

/** In these lines, state 0A is LISTEN (proc_pid_net(5)). */
async function listenersOn(port: number): Promise<ReadonlySet<string>> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((table) => readFile(`/proc/net/${table}`, 'utf8').catch(() => '')),
  );
  const rows = tables.flatMap((table) => table.split('\n')).map((line) => line.trim().split(/\s+/));
  const listening = rows.filter(([, local = '', , state]) => state === '0A' && local.endsWith(`:${hex}`));
  return new Set(listening.map((row) => `socket:[${row[9]}]`));
}

async function holds(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const files = await readdir(folder).catch(() => []);
  const links = await Promise.all(files.map((file) => readlink(`${folder}/${file}`).catch(() => '')));
  return links.some((link) => sockets.has(link));
}
