import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_MS = 60_000;
const TERMINATE_MS = 10_000;
/** EXIT_NET_ERROR: another process took the port after it was found free and before mongod did. */
const EXIT_PORT_TAKEN = 48;

/**
 * Outlives this process on purpose, and ends the mongod when this process is gone for whatever reason. Exit handlers do
 * not run on SIGKILL or a crash, Linux's parent-death signal is tied to the thread that spawned, and a process group
 * does not outlast a debugger's kill. But whatever the death, the kernel closes this process's end of a pipe. Each line
 * on the pipe is the pid that now owns the folder, or 0 for none, so that a pid that another process has since received
 * is never killed.
 */
const WATCHDOG = `
pid=0
while read -r line; do pid=$line; done
if [ "$pid" != 0 ]; then kill -9 "$pid"; sleep 1; fi
rm -rf -- "$1"
`;

export class PortTaken extends Error {}

/** Keeps the data of one mongod from one start to the next. */
export class MongodFolder {
  private constructor(
    readonly path: string,
    private readonly watchdog: ChildProcess,
  ) {}

  static async create(): Promise<MongodFolder> {
    const path = await mkdtemp(join(tmpdir(), 'onesession-mongod-'));
    // Detached, because a Ctrl-C is for the tests, not for the process that cleans up after them.
    const watchdog = spawn('/bin/sh', ['-c', WATCHDOG, 'sh', path], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    watchdog.unref();
    watchdog.stdin.on('error', () => undefined);
    (watchdog.stdin as Socket).unref();
    return new MongodFolder(path, watchdog);
  }

  ownedBy(pid: number): void {
    this.watchdog.stdin?.write(`${pid}\n`);
  }

  async remove(): Promise<void> {
    if (this.watchdog.exitCode !== null) return;
    const gone = once(this.watchdog, 'exit');
    this.watchdog.ref();
    this.watchdog.stdin?.end();
    await gone;
  }
}

export interface LaunchSettings {
  readonly binary: string;
  readonly port: number;
  readonly folder: MongodFolder;
  readonly args: readonly string[];
}

/** One mongod, addressed only by the pid that it was spawned with. */
export class MongodProcess {
  readonly pid: number;
  private readonly exited: Promise<void>;

  private constructor(
    private readonly child: ChildProcess,
    folder: MongodFolder,
  ) {
    this.pid = child.pid ?? 0;
    folder.ownedBy(this.pid);
    this.exited = once(child, 'exit').then(() => folder.ownedBy(0));
  }

  /** @throws PortTaken, or an Error with the end of mongod's output */
  static async launch({ binary, port, folder, args }: LaunchSettings): Promise<MongodProcess> {
    const said = join(folder.path, `mongod-${Date.now()}.log`);
    const log = await open(said, 'a');
    const own = ['--dbpath', folder.path, '--bind_ip', '127.0.0.1', '--port', String(port), '--nounixsocket'];
    const child = spawn(binary, [...own, ...args], { stdio: ['ignore', log.fd, log.fd], detached: true });
    await once(child, 'spawn').finally(() => log.close());
    // A test that forgets to stop it still ends, and the watchdog cleans up.
    child.unref();
    const server = new MongodProcess(child, folder);
    if (await server.listens(said)) return server;
    await server.kill();
    const { exitCode } = child;
    if (exitCode === EXIT_PORT_TAKEN) throw new PortTaken(`port ${port} is taken`);
    const reason =
      exitCode === null ? `did not listen within ${START_MS / 1000} s` : `ended with ${exitCode}`;
    throw new Error(`${binary} ${reason}. The last that it said:\n${lastLines(await text(said))}`);
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(name: NodeJS.Signals): void {
    if (this.running) this.child.kill(name);
  }

  /** Ends it without a chance to clean up, like a power cut. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    this.child.ref();
    await this.exited;
  }

  async terminate(): Promise<void> {
    this.signal('SIGTERM');
    this.signal('SIGCONT');
    this.child.ref();
    const patience = new AbortController();
    const tooLong = sleep(TERMINATE_MS, 'too long', { signal: patience.signal }).catch(() => undefined);
    if ((await Promise.race([this.exited, tooLong])) === 'too long') await this.kill();
    patience.abort();
  }

  /** Waits for mongod's own message, because a connection to the port does not tell who accepted it. */
  private async listens(said: string): Promise<boolean> {
    const deadline = Date.now() + START_MS;
    while (this.running && Date.now() < deadline) {
      if (/waiting for connections/i.test(await text(said))) return true;
      await sleep(25);
    }
    return false;
  }
}

/**
 * Below the range from which Linux and macOS take outgoing ports. Otherwise, while a member is down, a client that
 * keeps trying its port could be given that same port and connect to itself, and the member could not come back.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function text(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '(nothing)');
}

function lastLines(said: string): string {
  const lines = said.trim().split('\n').slice(-5);
  return lines.map((line) => line.slice(0, 400)).join('\n');
}
