import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceProcess } from '../../reliability/support/service-process.js';
import { newMongoUri } from '../../support/store/drivers.js';

export const ISSUER = 'https://sessions.onesession.test';

/** The built service with the demo data, as it runs behind a proxy that ends TLS. */
export class ShopService {
  private constructor(
    private readonly process: ServiceProcess,
    private readonly folder: string,
  ) {}

  static async start(env: NodeJS.ProcessEnv = {}): Promise<ShopService> {
    const folder = await mkdtemp(join(tmpdir(), 'onesession-clients-'));
    const file = join(folder, 'bootstrap.json');
    await writeFile(file, await readFile('bootstrap/demo.json', 'utf8'));
    const store = process.env.TEST_DRIVER === 'mongo' ? { MONGODB_URI: newMongoUri() } : {};
    const running = await ServiceProcess.create({
      BOOTSTRAP_FILE: file,
      ISSUER,
      TRUSTED_PROXIES: '127.0.0.1',
      // Another account than the one that the tests use: that one has to be named by the client itself.
      VTEX_DEFAULT_ACCOUNT: 'globex',
      ...store,
      ...env,
    });
    await running.start();
    return new ShopService(running, folder);
  }

  get url(): string {
    return this.process.instance.url;
  }

  async stop(): Promise<void> {
    await this.process.dispose();
    await rm(this.folder, { recursive: true, force: true });
  }
}
