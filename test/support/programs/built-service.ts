import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';

/** The service, built into a folder of its own, for tests about its process: how it starts, what it prints, how it ends. */
export class BuiltService {
  private readonly runs: ServiceRun[] = [];

  private constructor(private readonly folder: string) {}

  /** @param name of a folder below `reports/` that no other test uses */
  static build(name: string): BuiltService {
    const folder = `reports/${name}`;
    execFileSync(process.execPath, ['scripts/build.ts', 'src/main.ts', folder]);
    return new BuiltService(folder);
  }

  /** Starts it, by default on a free port. @param env all its settings: the environment of the tests is not passed on */
  launch(env: NodeJS.ProcessEnv, nodeOptions: readonly string[] = []): ServiceRun {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, [...nodeOptions, `${this.folder}/main.js`], {
      env: { PATH, HOME, PORT: '0', ...env },
      stdio: 'pipe',
    });
    const run = new ServiceRun(child);
    this.runs.push(run);
    return run;
  }

  /** Kills what was launched and still runs. */
  async killAll(): Promise<void> {
    for (const run of this.runs.splice(0)) await run.stop('SIGKILL');
  }

  async remove(): Promise<void> {
    await this.killAll();
    rmSync(this.folder, { recursive: true });
  }
}

/** One process of the service. */
export class ServiceRun {
  /** What it has printed on standard output so far. */
  said = '';
  /** What it has printed on standard error so far. */
  told = '';
  /** The exit code; null after a signal. */
  readonly ended: Promise<number | null>;

  constructor(readonly child: ChildProcessWithoutNullStreams) {
    child.stdout.on('data', (text: Buffer) => (this.said += text.toString()));
    child.stderr.on('data', (text: Buffer) => (this.told += text.toString()));
    this.ended = once(child, 'close').then(([code]) => code);
  }

  get isOver(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** @returns the address that it listens on; undefined if it ended instead */
  async listens(): Promise<string | undefined> {
    return (await this.prints(/listens on (\S+)/))?.[1];
  }

  /** Waits for text on standard output. @returns undefined if the process ended without it */
  async prints(text: RegExp): Promise<RegExpExecArray | undefined> {
    for (let isLast = false; ;) {
      const found = text.exec(this.said);
      if (found) return found;
      if (isLast) return undefined;
      const more = once(this.child.stdout, 'data').then(() => false);
      isLast = await Promise.race([more, this.ended.then(() => true)]);
    }
  }

  /** @returns the exit code, also of a process that has ended already */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (!this.isOver) this.child.kill(signal);
    return this.ended;
  }
}
