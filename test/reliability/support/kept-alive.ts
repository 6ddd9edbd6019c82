import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, Instance, type Request } from './http-client.js';

export interface Heard {
  readonly status: number;
  /** By `performance.now`, when the request was sent. */
  readonly sentAt: number;
  readonly closes: boolean;
}

/**
 * A client that sends one request after the other on one connection, until it is told to close it. Then it goes
 * elsewhere, as a client behind a balancer does.
 */
export class KeptAlive {
  readonly heard: Heard[] = [];
  readonly failures: string[] = [];
  private readonly to: Instance;

  constructor(
    url: string,
    private readonly next: (i: number) => Request,
    private readonly answered: (i: number, answer: Answer) => void,
  ) {
    this.to = new Instance(url, 1);
  }

  /** @param pauseMs between an answer and the next request @returns once it was told to go, or got no answer */
  async run(pauseMs: number): Promise<void> {
    for (let i = 0; !this.heard.at(-1)?.closes; i++) {
      const sentAt = performance.now();
      try {
        const answer = await this.to.send(this.next(i));
        this.answered(i, answer);
        this.heard.push({ status: answer.status, sentAt, closes: answer.headers.connection === 'close' });
      } catch (error) {
        this.failures.push(String(error));
        break;
      }
      await sleep(pauseMs);
    }
    this.to.close();
  }
}
