import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, MongodFolder } from '../../support/mongo/mongod-process.js';
import type { Faults } from './faults/faults.js';
import { Instance } from './http-client.js';

const MAIN = resolve('dist/main.js');
const FAULTS = resolve('test/reliability/support/faults/preload.ts');
const COLLECT = resolve('test/reliability/support/soak/collect.ts');
const READY_WITHIN_MS = 60_000;
const STOPS_WITHIN_MS = 20_000;
const HEARS_WITHIN_MS = 20;

export const ISSUER = 'http://onesession.test';

export interface ServiceOptions {
  /** The built service. Default: `dist/main.js`. */
  readonly main?: string;
  /** A program, with its arguments, that runs the service as the same process: `strace -D`. */
  readonly under?: readonly string[];
  /** Whether `suffer` can set its clock and slow down its embedded store. */
  readonly faults?: boolean;
  /** Whether `liveBytes` can ask it; not together with `faults`. */
  readonly weighed?: boolean;
}

export interface Stopped {
  readonly code: number | null;
  readonly ms: number;
}

/**
 * The built service as a process of its own, on a port and a folder that it keeps from one start to the next.
 * The folder's watchdog ends it when the tests are gone, however that came about.
 */
export class ServiceProcess {
  readonly instance: Instance;
  private child: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly folder: MongodFolder,
    private readonly env: NodeJS.ProcessEnv,
    private readonly options: ServiceOptions,
  ) {
    this.instance = new Instance(`http://127.0.0.1:${port}`);
  }

  /** Not started yet. @param env what differs from a service on the embedded store */
  static async create(env: NodeJS.ProcessEnv = {}, options: ServiceOptions = {}): Promise<ServiceProcess> {
    const { main = MAIN } = options;
    if (!existsSync(main)) throw new Error(`${main} is not there: npm run build`);
    return new ServiceProcess(await freePort(), await MongodFolder.create(), env, options);
  }

  /** Of its present life; 0 before the first. */
  get pid(): number {
    return this.child?.pid ?? 0;
  }

  get dataFile(): string {
    return join(this.folder.path, 'data', 'data.mdb');
  }

  /** What it wrote on both of its outputs, in all of its lives. */
  get said(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  /** @returns milliseconds until it was ready for traffic */
  async start(): Promise<number> {
    const began = performance.now();
    await this.launch();
    await this.answers('/health/ready');
    return performance.now() - began;
  }

  /** Without waiting for it. */
  async launch(): Promise<void> {
    const log = openSync(this.logFile, 'a');
    const { main = MAIN, under = [], faults = false, weighed = false } = this.options;
    const preload = faults ? ['--import', FAULTS] : weighed ? ['--import', COLLECT] : [];
    const [program, ...args] = [...under, process.execPath, ...preload, main] as const;
    this.child = spawn(program ?? process.execPath, args, {
      env: this.environment(),
      stdio: ['ignore', log, log, ...(faults || weighed ? ['ipc' as const] : [])],
    });
    closeSync(log);
    await once(this.child, 'spawn');
    this.folder.ownedBy(this.pid);
  }

  /** From now on. What is not named stays as it is. */
  async suffer(change: Partial<Faults>): Promise<void> {
    const { child } = this;
    if (!child?.connected) throw new Error('the service runs without faults');
    const heard = once(child, 'message');
    child.send(change);
    await heard;
  }

  /** Collects all its garbage first, so that only what it holds on to counts. */
  async liveBytes(): Promise<number> {
    const { child } = this;
    if (!child?.connected) throw new Error('the service is not weighed');
    const heard = once(child, 'message');
    child.send('collect');
    const [bytes] = await heard;
    return bytes;
  }

  /** Waits until a path answers with this status. */
  async answers(path: string, status = 200): Promise<void> {
    const deadline = performance.now() + READY_WITHIN_MS;
    while (performance.now() < deadline) {
      const answer = await this.instance.send({ method: 'GET', path }).catch(() => undefined);
      if (answer?.status === status) return;
      if (!this.running) break;
      await sleep(10);
    }
    const end = this.said.trim().split('\n').slice(-5).join('\n');
    throw new Error(`${path} did not answer ${status}. The last that the service said:\n${end}`);
  }

  /** A crash: nothing is flushed, no client is told. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || !this.running) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    this.folder.ownedBy(0);
  }

  /** What an orchestrator does. @param stallMs the process stands still that long as it hears of it */
  async stop(stallMs = 0): Promise<Stopped> {
    const { child } = this;
    if (!child || !this.running) return { code: 0, ms: 0 };
    const began = performance.now();
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    if (stallMs > 0) await this.stall(stallMs);
    const patience = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
    await ended;
    clearTimeout(patience);
    this.folder.ownedBy(0);
    return { code: child.exitCode, ms: performance.now() - began };
  }

  /** Ends it, and leaves nothing. */
  async dispose(): Promise<void> {
    await this.kill();
    this.instance.close();
    await this.folder.remove();
  }

  private async stall(ms: number): Promise<void> {
    await sleep(HEARS_WITHIN_MS);
    this.child?.kill('SIGSTOP');
    await sleep(ms);
    this.child?.kill('SIGCONT');
  }

  private get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  private get logFile(): string {
    return join(this.folder.path, 'service.log');
  }

  private environment(): NodeJS.ProcessEnv {
    const { PATH, HOME } = process.env;
    return {
      PATH,
      HOME,
      PORT: String(this.port),
      DATA_DIR: join(this.folder.path, 'data'),
      ISSUER,
      KEYS_SECRET: 'a secret of the tests only',
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'warn',
      ...this.env,
    };
  }
}
