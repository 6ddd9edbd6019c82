import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { HttpUser } from '../people/http-user.js';
import { freePort } from '../mongo/mongod-process.js';
import { portOf } from './nginx.js';
import { typed } from './shell.js';
import { OPERATOR_SECRET } from '../shop.js';

const READY_TRIES = 600;

export type Settings = Readonly<Record<string, string>>;

/** Where an operator sits: the built service, its settings, and a shell with the commands that she types. */
export class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), 'onesession-machine-'));
  readonly main: string;
  /** What the service has printed since its last start. */
  log = '';
  private env: Settings = {};
  private stopNow: (() => Promise<void>) | undefined;

  private constructor(
    private readonly built: string,
    private readonly port: number,
    private readonly control: Server,
  ) {
    this.main = resolve(built, 'main.js');
  }

  /** @param name of the folder that the service is built into */
  static async open(name: string): Promise<Machine> {
    const built = `reports/${name}`;
    execFileSync(process.execPath, ['scripts/build.ts', 'src/main.ts', built]);
    execFileSync(process.execPath, ['scripts/build.ts', 'src/ctl/main.ts', `${built}/ctl`]);
    const control = createServer().listen(0, '127.0.0.1');
    await once(control, 'listening');
    const machine = new Machine(built, await freePort(), control);
    control.on('request', ({ url }, response) => {
      const done = url === '/stop' ? machine.stop() : machine.launch();
      void done.then(() => response.end());
    });
    machine.install();
    return machine;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  set(settings: Settings): void {
    this.env = { ...this.env, ...settings };
  }

  /** Ends the service if it runs, and starts it with its settings and these. */
  async restart(settings: Settings = {}): Promise<void> {
    await this.stop();
    this.set(settings);
    await this.launch();
    for (let tries = 0; tries < READY_TRIES && !(await this.isReady()); tries += 1) await sleep(50);
  }

  async stop(): Promise<void> {
    await this.stopNow?.();
    this.stopNow = undefined;
  }

  /** Types commands in the machine's folder, which must succeed. @returns all that was said */
  async type(commands: string): Promise<string> {
    const here = commands.replaceAll('http://127.0.0.1:3000', this.url);
    const { code, said } = await typed(here, { env: this.env, cwd: this.folder });
    expect(code, `${commands}\n${said}\n${this.log}`).toBe(0);
    return said;
  }

  async remove(): Promise<void> {
    await this.stop();
    this.control.close().closeAllConnections();
    rmSync(this.folder, { recursive: true });
    rmSync(this.built, { recursive: true });
  }

  private install(): void {
    const bin = join(this.folder, 'bin');
    mkdirSync(bin);
    const node = JSON.stringify(process.execPath);
    const programs = {
      onesession: `${node} ${JSON.stringify(resolve(this.built, 'ctl/main.js'))} "$@"`,
      npx: '"$@"',
      mongosh: `${node} --no-warnings ${JSON.stringify(resolve('test/support/programs/mongosh.ts'))} "$@"`,
      systemctl: `curl -fsS -X POST "http://127.0.0.1:${portOf(this.control)}/$1"`,
    };
    for (const [name, line] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!/bin/sh\nexec ${line}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    this.env = {
      PATH: `${bin}${delimiter}${process.env.PATH}`,
      HOME: process.env.HOME ?? this.folder,
      PORT: String(this.port),
      BOOTSTRAP_FILE: resolve('bootstrap/demo.json'),
      OPERATOR_SECRET,
      DRAIN_SECONDS: '0',
      SESSION_APPS_PRIVATE_ADDRESSES: 'allow',
      ONESESSION_URL: this.url,
      ONESESSION_CLIENT_ID: 'acme-backend',
      ONESESSION_CLIENT_SECRET: 'acme-backend-secret',
    };
  }

  private async launch(): Promise<void> {
    this.log = '';
    const child = spawn(process.execPath, [this.main], { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (this.log += text.toString()));
    await once(child, 'spawn');
    this.stopNow = async () => {
      if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
    };
  }

  private isReady = (): Promise<boolean> =>
    new HttpUser(this.url).get('/health/ready').then(
      ({ status }) => status === 200,
      () => false,
    );
}
