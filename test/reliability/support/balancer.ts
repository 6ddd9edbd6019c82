import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Endpoint, type Instance, NotSent, type Request } from './http-client.js';

const CHECKS_EVERY_MS = 100;

/**
 * Sends requests in turn to the instances that report ready. Like most load balancers by default, it tries another
 * instance only if a request could not be sent at all; if an answer is lost, the client has to deal with it.
 */
export class Balancer implements Endpoint {
  private readonly ready: Set<Instance>;
  private turn = 0;
  private readonly closing = new AbortController();

  constructor(instances: readonly Instance[]) {
    this.ready = new Set(instances);
    for (const instance of instances) void this.check(instance);
  }

  async send(request: Request): Promise<Answer> {
    const candidates = [...this.ready];
    const turn = this.turn++;
    for (let tries = 0; ; tries++) {
      const instance = candidates[(turn + tries) % candidates.length];
      if (!instance) throw new NotSent('no instance is ready');
      try {
        return await instance.send(request);
      } catch (error) {
        if (!(error instanceof NotSent) || tries + 1 >= candidates.length) throw error;
      }
    }
  }

  close(): void {
    this.closing.abort();
  }

  private async check(instance: Instance): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      const answer = await instance.send({ method: 'GET', path: '/health/ready' }).catch(() => undefined);
      if (answer?.status === 200) this.ready.add(instance);
      else this.ready.delete(instance);
      await sleep(CHECKS_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
