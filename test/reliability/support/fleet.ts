import type { Instance } from './http-client.js';
import { type ServiceOptions, ServiceProcess } from './service-process.js';
import { storeEnv } from './store.js';

/** Instances of the service that share a store. */
export class Fleet {
  private constructor(
    readonly services: readonly ServiceProcess[],
    readonly env: NodeJS.ProcessEnv,
  ) {}

  /** @param size 1 on the embedded store */
  static async start(
    size: number,
    env: NodeJS.ProcessEnv = storeEnv(),
    options: ServiceOptions = {},
  ): Promise<Fleet> {
    const services: ServiceProcess[] = [];
    for (let i = 0; i < size; i++) services.push(await ServiceProcess.create(env, options));
    const fleet = new Fleet(services, env);
    const [first, ...others] = services;
    // Started first, because it creates what the others find in the store.
    await first?.start();
    await Promise.all(others.map((service) => service.start()));
    return fleet;
  }

  get instances(): readonly Instance[] {
    return this.services.map(({ instance }) => instance);
  }

  /** The first of them. */
  get first(): Instance {
    const [first] = this.instances;
    if (!first) throw new Error('an empty fleet');
    return first;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.services.map((service) => service.dispose()));
  }
}
