import { Counter, Histogram, type Registry } from 'prom-client';
import type { MeteredOperation, StoreMeter } from '../storage/store-meter.js';

/** One call in this many is timed: a clock is read twice for it, and a counter is all that the others cost. */
const TIMED_EVERY = 64;

class CountedOperation implements MeteredOperation {
  /** Since the last scrape. */
  calls = 0;
  private untilTimed = 1;

  constructor(readonly took: (seconds: number) => void) {}

  begin(): boolean {
    this.calls += 1;
    this.untilTimed -= 1;
    if (this.untilTimed > 0) return false;
    this.untilTimed = TIMED_EVERY;
    return true;
  }
}

/** Counts in plain numbers, which become Prometheus's when it asks. */
export class StoreOperations implements StoreMeter {
  private readonly counted: { readonly labels: Record<string, string>; readonly one: CountedOperation }[] =
    [];
  private readonly seconds: Histogram;

  constructor(registry: Registry) {
    const { counted } = this;
    const calls = new Counter({
      name: 'onesession_store_operations_total',
      help: 'Operations of the store, by port and operation',
      labelNames: ['port', 'operation'],
      registers: [registry],
      collect() {
        for (const { labels, one } of counted) {
          if (one.calls > 0) calls.inc(labels, one.calls);
          one.calls = 0;
        }
      },
    });
    this.seconds = new Histogram({
      name: 'onesession_store_operation_duration_seconds',
      help: 'Duration of operations of the store in seconds, by port; of each operation, every 64th call is timed',
      labelNames: ['port'],
      buckets: [0.0001, 0.0005, 0.001, 0.005, 0.025, 0.1, 0.5, 2, 5],
      registers: [registry],
    });
  }

  operation(port: string, operation: string): MeteredOperation {
    const one = new CountedOperation((seconds) => this.seconds.observe({ port }, seconds));
    this.counted.push({ labels: { port, operation }, one });
    return one;
  }
}
