import { type Answer, type Endpoint, type Instance, NotSent, type Request } from './http-client.js';

const LOOKS_EVERY_MS = 100;

/**
 * In turn to each instance that says it is ready. As a load balancer does by default, it takes another one only if
 * a request could not be sent at all: what was sent and not answered is the client's to know.
 */
export class Balancer implements Endpoint {
  private ready: readonly Instance[];
  private turn = 0;
  private readonly looking: NodeJS.Timeout;

  constructor(private readonly instances: readonly Instance[]) {
    this.ready = instances;
    this.looking = setInterval(() => void this.look(), LOOKS_EVERY_MS);
  }

  async send(request: Request): Promise<Answer> {
    const candidates = this.ready;
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
    clearInterval(this.looking);
  }

  private async look(): Promise<void> {
    const health = { method: 'GET', path: '/health/ready' } as const;
    const answers = await Promise.all(
      this.instances.map((instance) => instance.send(health).catch(() => undefined)),
    );
    this.ready = this.instances.filter((_, i) => answers[i]?.status === 200);
  }
}
