import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceProcess } from '../../reliability/support/service-process.js';

export interface VtexOfTenant {
  readonly allowedOrigins: readonly string[];
  readonly crossSiteCookies?: boolean;
}

/** The built service with the demo data, its tenants set up for the storefronts of the test. */
export class BrowserService {
  private constructor(
    private readonly process: ServiceProcess,
    private readonly folder: string,
  ) {}

  /** @param env what differs from a service on the embedded store */
  static async start(
    vtexOf: Readonly<Record<string, VtexOfTenant>>,
    env: NodeJS.ProcessEnv = {},
  ): Promise<BrowserService> {
    const folder = await mkdtemp(join(tmpdir(), 'onesession-browser-'));
    const data = JSON.parse(await readFile('bootstrap/demo.json', 'utf8'));
    for (const tenant of data.tenants) tenant.settings = { ...tenant.settings, vtex: vtexOf[tenant.name] };
    const file = join(folder, 'bootstrap.json');
    await writeFile(file, JSON.stringify(data));
    const process = await ServiceProcess.create({ BOOTSTRAP_FILE: file, ...env });
    await process.start();
    return new BrowserService(process, folder);
  }

  /** As a browser calls it. */
  get url(): string {
    return this.process.instance.url.replace('127.0.0.1', 'localhost');
  }

  /** Stops it, and starts it again at the same address with the same data. */
  async restart(whileAway: () => Promise<void>): Promise<void> {
    await this.process.stop();
    await whileAway();
    await this.process.start();
  }

  async stop(): Promise<void> {
    await this.process.dispose();
    await rm(this.folder, { recursive: true, force: true });
  }
}
