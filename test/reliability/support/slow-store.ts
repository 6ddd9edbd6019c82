import { type ReplicaSet, startReplicaSet } from '../../support/mongo/mongod.js';
import { STORE } from './form.js';
import { ServiceProcess } from './service-process.js';
import { SlowProxy } from './slow-proxy.js';
import { databaseOf } from './store.js';

/** A service whose store becomes slow when it is told to: MongoDB behind a slow network, or LMDB on a slow disk. */
export class SlowStore {
  private constructor(
    readonly service: ServiceProcess,
    private readonly proxy: SlowProxy | undefined,
    private readonly set: ReplicaSet | undefined,
  ) {}

  static async start(env: NodeJS.ProcessEnv): Promise<SlowStore> {
    if (STORE === 'embedded') {
      return new SlowStore(await ServiceProcess.create(env, { faults: true }), undefined, undefined);
    }
    const set = await startReplicaSet(1);
    const { port } = await set.primary();
    const proxy = await SlowProxy.to(port);
    // The members of a set tell clients their own addresses, which are not those of a proxy.
    const uri = databaseOf(`mongodb://127.0.0.1:${proxy.port}/?directConnection=true`);
    return new SlowStore(await ServiceProcess.create({ ...env, MONGODB_URI: uri }), proxy, set);
  }

  /** @param ms that a write takes longer from now on; on MongoDB, a read as well */
  async slowDown(ms: number): Promise<void> {
    if (this.proxy) this.proxy.latencyMs = ms;
    else await this.service.suffer({ storeMs: ms });
  }

  async dispose(): Promise<void> {
    await this.service.dispose();
    await this.proxy?.close();
    await this.set?.stop();
  }
}
