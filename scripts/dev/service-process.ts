import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readableLine } from './readable-line.ts';

/** A service that hangs is ended: the embedded store survives that. */
const PATIENCE_MS = 3000;

const STANDBY = fileURLToPath(new URL('standby.ts', import.meta.url));

/** The service, one process at a time: only one can have the port and the embedded store. The next one stands by. */
export class ServiceProcess {
  private readonly program: string;
  private readonly print: (line: string) => void;
  private child: ChildProcess | undefined;
  private next: ChildProcess | undefined;
  private hasListened = false;
  private stopped = false;

  constructor(program: string, print: (line: string) => void) {
    this.program = pathToFileURL(program).href;
    this.print = print;
  }

  /** Resolves when the service listens, or has ended without that. @returns whether it listens */
  async restart(libraries: readonly string[]): Promise<boolean> {
    const previous = this.child;
    this.child = undefined;
    await end(previous);
    if (this.stopped) return false;
    const child = isAlive(this.next) ? this.next : standBy(libraries);
    this.child = child;
    child.send({ program: this.program });
    const ended = once(child, 'close').then(() => this.noteEnd(child));
    const listens = await Promise.race([this.listening(child.stdout), ended.then(() => false)]);
    if (!this.stopped) this.next = standBy(libraries);
    return listens;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    const processes = [this.child, this.next];
    this.child = undefined;
    await Promise.all(processes.map((process) => end(process)));
  }

  private listening(output: Readable | null): Promise<boolean> {
    // The first start says how to use the service. Later ones would only repeat it.
    const greets = !this.hasListened;
    return new Promise((resolve) => {
      if (!output) return;
      createInterface({ input: output }).on('line', (line) => {
        const isEntry = line.startsWith('{');
        const readable = isEntry ? readableLine(line) : line;
        if (readable !== undefined && (isEntry || greets)) this.print(readable);
        if (!line.startsWith('onesession listens on')) return;
        this.hasListened = true;
        resolve(true);
      });
    });
  }

  private noteEnd(child: ChildProcess): void {
    if (child !== this.child) return;
    this.child = undefined;
    const how = child.signalCode ?? `exit code ${child.exitCode}`;
    this.print(`The service ended (${how}). Waiting for a change.`);
  }
}

function standBy(libraries: readonly string[]): ChildProcess {
  const child = fork(STANDBY, {
    execArgv: ['--enable-source-maps'],
    env: { LOG_LEVEL: 'debug', ...process.env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  child.send({ libraries });
  return child;
}

const isAlive = (child: ChildProcess | undefined): child is ChildProcess =>
  child !== undefined && child.exitCode === null && child.signalCode === null;

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!isAlive(child)) return;
  const closed = once(child, 'close');
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  child.kill('SIGINT');
  await closed;
  clearTimeout(timer);
}
