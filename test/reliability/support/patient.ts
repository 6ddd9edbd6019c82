import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Endpoint, Request } from './http-client.js';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 100;

/** A client that retries a 503 as Retry-After says. For reads, where only the final answer counts. */
export class Patient implements Endpoint {
  constructor(private readonly to: Endpoint) {}

  async send(request: Request): Promise<Answer> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.to.send(request);
      if (answer.status !== 503 || performance.now() > until) return answer;
      await sleep(PAUSE_MS);
    }
  }
}
