import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { DEVELOPMENT_OPERATOR_SECRET } from '../../../src/config/config.schema.js';
import { ServiceProcess } from '../../reliability/support/service-process.js';
import { storeEnv } from '../../reliability/support/store.js';
import { freePort } from '../../support/mongo/mongod-process.js';

/** Since the last look. */
export interface Probed {
  /** The longest delay of the event loop, measured by `monitorEventLoopDelay`. */
  readonly blockedMs: number;
  /** The same, without the time in which other programs kept the process from running. */
  readonly ownMs: number;
  readonly rssMiB: number;
}

const PROBE = pathToFileURL('test/hostile/support/probe.ts').href;

/** Long enough for a timer of one millisecond to fire, however busy the loop was. */
const SETTLES_MS = 4;

/** The built service on a fresh store, with a small heap and a probe that measures its event loop. */
export class ProbedService {
  private constructor(
    private readonly process: ServiceProcess,
    private readonly probeUrl: string,
  ) {}

  static async start(): Promise<ProbedService> {
    const port = await freePort();
    const { REQUEST_TIMEOUT_SECONDS: _patient, ...store } = storeEnv();
    const process = await ServiceProcess.create({
      NODE_OPTIONS: `--import=${PROBE} --max-old-space-size=256`,
      PROBE_PORT: String(port),
      LOG_LEVEL: 'error',
      OPERATOR_SECRET: DEVELOPMENT_OPERATOR_SECRET,
      ...store,
    });
    await process.start();
    return new ProbedService(process, `http://127.0.0.1:${port}`);
  }

  get url(): string {
    return this.process.instance.url;
  }

  async look(): Promise<Probed> {
    await pause(SETTLES_MS);
    const probed = (await (await fetch(this.probeUrl)).json()) as Probed;
    // The first delay after a reset is not counted.
    await pause(SETTLES_MS / 2);
    return probed;
  }

  stop(): Promise<void> {
    return this.process.dispose();
  }
}
