import { pathToFileURL } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { ServiceProcess } from '../../../reliability/support/service-process.js';
import { freePort } from '../../../support/mongo/mongod-process.js';

export interface Probed {
  /** The longest that the event loop was blocked since the last look. */
  readonly blockedMs: number;
  readonly rssMiB: number;
}

const PROBE = pathToFileURL('test/hostile/service/support/probe.ts').href;

/** Long enough for a timer of one millisecond to come through, however busy the loop was. */
const SETTLES_MS = 5;

/** The built service with a small heap, and a look inside. */
export class ProbedService {
  private constructor(
    private readonly process: ServiceProcess,
    private readonly probeUrl: string,
  ) {}

  static async start(env: NodeJS.ProcessEnv = {}): Promise<ProbedService> {
    const port = await freePort();
    const process = await ServiceProcess.create({
      NODE_OPTIONS: `--import=${PROBE} --max-old-space-size=256`,
      PROBE_PORT: String(port),
      LOG_LEVEL: 'error',
      ...env,
    });
    await process.start();
    return new ProbedService(process, `http://127.0.0.1:${port}`);
  }

  get url(): string {
    return this.process.instance.url;
  }

  async look(): Promise<Probed> {
    await pause(SETTLES_MS);
    return (await (await fetch(this.probeUrl)).json()) as Probed;
  }

  stop(): Promise<void> {
    return this.process.dispose();
  }
}
