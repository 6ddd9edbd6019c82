import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.schema.js';
import { BoundedCounters } from '../shared/bounded-counters.js';
import { networkOf } from '../shared/network.js';
import { TooManyRequests } from './rate-limit.errors.js';

const WINDOW_SECONDS = 60;

/** Bounds memory: about 5 MB per budget when all are in use. */
const MOST_ADDRESSES = 10_000;

/**
 * Limits what the shoppers of one address may write per minute. The counters are in the memory of this
 * process, so a write needs no extra command to the store. Behind a load balancer, each instance grants its own
 * budget.
 */
@Injectable()
export class AddressBudgets {
  private readonly bytes = new BoundedCounters(MOST_ADDRESSES);
  private readonly carts = new BoundedCounters(MOST_ADDRESSES);

  constructor(private readonly config: Config) {}

  /** @throws TooManyRequests */
  spendBytes(address: string, count: number): void {
    const limit = this.config.WRITTEN_BYTES_PER_MINUTE;
    const what = `Too much was written from this address: the limit is ${limit} bytes/min (WRITTEN_BYTES_PER_MINUTE)`;
    this.spend(this.bytes, address, count, { limit, what });
  }

  /** @throws TooManyRequests */
  spendCart(address: string): void {
    const limit = this.config.NEW_CARTS_PER_MINUTE;
    const what = `Too many carts were created from this address: the limit is ${limit} per minute (NEW_CARTS_PER_MINUTE)`;
    this.spend(this.carts, address, 1, { limit, what });
  }

  private spend(
    counters: BoundedCounters,
    address: string,
    count: number,
    { limit, what }: { readonly limit: number; readonly what: string },
  ): void {
    if (this.config.RATE_LIMITS === 'off') return;
    const { consumedPoints, msBeforeNext } = counters.take(networkOf(address), count, WINDOW_SECONDS);
    if (consumedPoints <= limit) return;
    throw new TooManyRequests({ limit, remaining: 0, resetSeconds: Math.ceil(msBeforeNext / 1000) }, what);
  }
}
