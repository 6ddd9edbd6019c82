import { setTimeout as sleep } from 'node:timers/promises';
import { sized } from './form.js';
import type { Endpoint } from './http-client.js';
import type { Oracle } from './oracle.js';
import { Shopper } from './shopper.js';
import { Tally } from './tally.js';
import type { Credentials } from './wire.js';

/** All come at first, with a session and a cart to be made, to processes that have just started. */
const RAMP_MS = sized(200, 5_000);

/** Shoppers who come, do a mix of things, and leave for others to come. */
export class Traffic {
  readonly tally = new Tally();
  private readonly idle: Shopper[] = [];
  private readonly busy = new Set<Promise<void>>();
  private open = false;

  constructor(
    private readonly to: Endpoint,
    private readonly oracle: Oracle,
    private readonly customers: readonly Credentials[],
  ) {}

  /**
   * As fast as it is answered, until `enough`, or nobody answers any more.
   * @param shoppers at once
   */
  async flood(shoppers: number, enough: () => boolean): Promise<void> {
    const one = async (): Promise<void> => {
      while (!enough()) {
        const shopper = this.next();
        await shopper.step();
        this.back(shopper);
        if (shopper.unanswered) return;
      }
    };
    await Promise.all(Array.from({ length: shoppers }, one));
  }

  /**
   * Steps at a rate that does not wait for answers, until `stop`.
   * @returns when it has grown to that rate
   */
  async start(perSecond: number): Promise<void> {
    this.open = true;
    const began = performance.now();
    const pace = async (): Promise<void> => {
      for (let due = 0; this.open; due++) {
        const wait = began + dueAfter(due, perSecond / 1000) - performance.now();
        if (wait > 0) await sleep(wait);
        const step = this.step().finally(() => this.busy.delete(step));
        this.busy.add(step);
      }
    };
    const paced = pace().finally(() => this.busy.delete(paced));
    this.busy.add(paced);
    await sleep(RAMP_MS);
  }

  /** Waits for the answers that are still to come. */
  async stop(): Promise<void> {
    this.open = false;
    while (this.busy.size > 0) await Promise.all(this.busy);
  }

  private async step(): Promise<void> {
    const shopper = this.next();
    await shopper.step();
    this.back(shopper);
  }

  private next(): Shopper {
    return this.idle.shift() ?? new Shopper(this.to, this.oracle, this.tally, this.customers);
  }

  private back(shopper: Shopper): void {
    if (!shopper.left) this.idle.push(shopper);
  }
}

/** Milliseconds until so many steps are due, at a rate that grows evenly in the time of the ramp. */
const dueAfter = (steps: number, perMs: number): number =>
  steps < (perMs * RAMP_MS) / 2 ? Math.sqrt((2 * RAMP_MS * steps) / perMs) : RAMP_MS / 2 + steps / perMs;
