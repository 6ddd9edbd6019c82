import { setImmediate } from 'node:timers/promises';

/** Of one turn of the event loop, before others get theirs: well below what anybody would notice. */
const MOST_MS = 8;

/** Lets others go first when a long piece of work has held the event loop for a while. */
export class Pace {
  private since = performance.now();

  /** To be awaited between two steps, and only then: a promise for each of them would cost more than most steps. */
  get isDue(): boolean {
    return performance.now() - this.since > MOST_MS;
  }

  async rest(): Promise<void> {
    await setImmediate();
    this.since = performance.now();
  }
}

/** As `items.map(take)`, with turns for others in between. */
export async function paced<T, R>(items: Iterable<T>, take: (item: T) => R): Promise<R[]> {
  const pace = new Pace();
  const taken: R[] = [];
  for (const item of items) {
    if (pace.isDue) await pace.rest();
    taken.push(take(item));
  }
  return taken;
}
