import { setImmediate } from 'node:timers/promises';

/** How long one turn of the event loop may last before others get theirs. Well below what anybody would notice. */
const MOST_MS = 8;

/** Lets others go first when a long piece of work has held the event loop for a while. */
export class Pace {
  private since = performance.now();

  /** If true, await `rest()` before the next step. Awaiting it every time would cost more than most steps. */
  get isDue(): boolean {
    return performance.now() - this.since > MOST_MS;
  }

  async rest(): Promise<void> {
    await setImmediate();
    this.since = performance.now();
  }
}

/** Does the same as `items.map(take)`, with turns for others in between. */
export async function paced<T, R>(items: Iterable<T>, take: (item: T) => R): Promise<R[]> {
  const pace = new Pace();
  const taken: R[] = [];
  for (const item of items) {
    if (pace.isDue) await pace.rest();
    taken.push(take(item));
  }
  return taken;
}
