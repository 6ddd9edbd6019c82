import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second, whatever the kernel ticks by. */
const TICKS_PER_SECOND = 100;

/** A program that runs beside the benchmark, and says by its first message where it is reached. */
export class Program {
  #child;
  #signal;

  /**
   * @param {{ env?: object, execArgv?: string[], signal?: string }} options `signal` ends a program that ignores ours
   */
  constructor(file, { env = {}, execArgv = [], signal } = {}) {
    this.#signal = signal;
    this.#child = fork(file, [], {
      env: { ...process.env, ...env },
      execArgv,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
  }

  get pid() {
    return this.#child.pid;
  }

  /** @returns what `said` finds in what the program says: by default, its first message */
  async ready(said = () => once(this.#child, 'message').then(([address]) => address)) {
    const ended = once(this.#child, 'exit').then(([code]) => {
      throw new Error(`${this.#child.spawnfile} ended with ${code} before it served`);
    });
    ended.catch(() => undefined);
    const address = await Promise.race([said(this.#child), ended]);
    this.#child.stdout.resume();
    return address;
  }

  /** Waits until it has ended by itself. @param heard called with each message @throws Error unless it went well */
  async finished(heard) {
    this.#child.on('message', heard);
    this.#child.stdout.resume();
    const [code] = await once(this.#child, 'exit');
    if (code !== 0) throw new Error(`${this.#child.spawnargs[1]} ended with ${code}`);
  }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    if (this.#child.connected) this.#child.disconnect();
    if (this.#signal) this.#child.kill(this.#signal);
    const patience = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(patience);
  }
}

/** Seconds of CPU, user and system, that all threads of a process have used. @param {number} pid */
export function cpuSecondsOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/**
 * Bytes of resident memory. `own` is what the process has allocated; `mapped` is what it sees of files, such as that of
 * the embedded store, which the system takes back when others need the memory.
 * @param {number} pid
 */
export function residentBytesOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) * 1024;
  return { all: bytes('VmRSS'), own: bytes('RssAnon'), mapped: bytes('RssFile') + bytes('RssShmem') };
}
