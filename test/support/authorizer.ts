import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** `examples/gateway/authorizer.js`, as its README starts it. */
export class Authorizer {
  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
  ) {}

  static async start(onesession: string): Promise<Authorizer> {
    const env = {
      PATH: process.env['PATH'],
      PORT: '0',
      ONESESSION_URL: onesession,
      CLIENT_ID: 'acme-readonly',
      CLIENT_SECRET: 'acme-readonly-secret',
    };
    const child = spawn(process.execPath, ['examples/gateway/authorizer.js'], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = await once(child.stdout, 'data');
    const [url = ''] = /http:\S+/.exec(String(line)) ?? [];
    return new Authorizer(child, url);
  }

  async stop(): Promise<void> {
    const isOver = this.process.exitCode !== null || this.process.signalCode !== null;
    if (!isOver && this.process.kill('SIGTERM')) await once(this.process, 'exit');
  }
}
