import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { blocksFor } from '../../../scripts/guide/blocks.js';
import { started } from './shell.js';

const [START = ''] = blocksFor('test/stories/backends/gateway.e2e-spec.ts', 'examples/gateway/README.md');

/** `examples/gateway/authorizer.js`, as its README starts it. */
export class Authorizer {
  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
  ) {}

  static async start(onesession: string): Promise<Authorizer> {
    const child = started(START, { PORT: '0', ONESESSION_URL: onesession });
    const [line] = await once(child.stdout ?? child, 'data');
    const [url = ''] = /http:\S+/.exec(String(line)) ?? [];
    return new Authorizer(child, url);
  }

  async stop(): Promise<void> {
    const isOver = this.process.exitCode !== null || this.process.signalCode !== null;
    if (!isOver && this.process.kill('SIGTERM')) await once(this.process, 'exit');
  }
}
