import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, ConnectionLost, type Endpoint, type Request } from '../http-client.js';
import { looksAround, looksAroundInVtex, Visits } from './visits.js';

/** Visitors who come while so many are there are turned away, so that a machine that is busy is not buried. */
const MOST_AT_ONCE = 200;
const SHOWN_ERRORS = 10;
const AT_ONCE_IN_WARM_UP = 32;

/** Visitors who come at an even pace, whether or not those before them are done. */
export class Load implements Endpoint {
  visits = 0;
  requests = 0;
  turnedAway = 0;
  wrong = 0;
  /** Requests without an answer: a kept-alive connection may be closed just as it is used again. */
  lost = 0;
  /** The first of what went wrong. */
  readonly errors: string[] = [];
  private readonly mix = new Visits();
  private readonly busy = new Set<Promise<void>>();

  constructor(private readonly to: Endpoint) {}

  /** As fast as it is answered: so many tokens of each dialect fill what the service remembers of tokens. */
  async warmUp(visits: number): Promise<void> {
    for (const visit of [looksAround, looksAroundInVtex]) {
      let left = visits;
      const one = async (): Promise<void> => {
        while (left-- > 0) await visit(this.to);
      };
      await Promise.all(Array.from({ length: AT_ONCE_IN_WARM_UP }, one));
    }
  }

  async run(perSecond: number, until: AbortSignal): Promise<void> {
    const began = performance.now();
    for (let due = 1; !until.aborted; due++) {
      await sleep(Math.max(0, began + (due * 1000) / perSecond - performance.now()));
      if (this.busy.size < MOST_AT_ONCE) this.visit();
      else this.turnedAway++;
    }
    await Promise.all(this.busy);
  }

  send(request: Request): Promise<Answer> {
    this.requests++;
    return this.to.send(request);
  }

  private visit(): void {
    this.visits++;
    const visit = this.mix
      .one()(this)
      .catch((error: unknown) => {
        if (error instanceof ConnectionLost) this.lost++;
        else this.wrong++;
        if (this.errors.length < SHOWN_ERRORS) this.errors.push(String(error));
      })
      .finally(() => this.busy.delete(visit));
    this.busy.add(visit);
  }
}
