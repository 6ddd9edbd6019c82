interface Call<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/** What one command of the database may carry. */
const MOST_AT_ONCE = 100;

/** Nobody waits longer for others than this: a command may be slow, or never come back. */
const LONGEST_WAIT_MS = 5;

/** Of those who were answered together: their next calls arrive one by one, within one turn of the event loop or two. */
const SHARE_EXPECTED = 0.5;
const EXPECTED_WITHIN_MS = 1;

/**
 * Sends concurrent calls as one command, because a command costs both sides far more than what it carries. A lone call
 * is not held back: it goes out as soon as the callback that made it has ended. After a command of many, the first of
 * the next calls waits for half as many, for about a millisecond at most: otherwise it would go out alone, and all others
 * would wait for it to come back. (Not by `setImmediate`, which would collect more: it runs between the end of a socket
 * and its `close`, and the driver (7.8) waits forever for what it writes to such a socket.)
 */
export class Batch<T, R> {
  private waiting: Call<T, R>[] = [];
  private running = 0;
  private isDue = false;
  private timer: NodeJS.Timeout | undefined;
  private expected = 0;
  /** By `performance.now`. */
  private expectedUntil = 0;

  /**
   * @param send one result for each item, in their order; a result that is an `Error` is thrown to its own caller. What
   *   `send` itself throws is thrown to all.
   * @param commands under way at once; what comes meanwhile waits for one of them to end, and goes out together
   * @param isApart true while nothing is to wait for anything else
   */
  constructor(
    private readonly send: (items: readonly T[]) => Promise<readonly (R | Error)[]>,
    private readonly commands: number,
    private readonly isApart: () => boolean = () => false,
  ) {}

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      const call = { item, resolve, reject };
      if (this.isApart()) {
        void this.run([call]);
        return;
      }
      this.waiting.push(call);
      this.goOn();
    });
  }

  private goOn(): void {
    if (this.waiting.length === 0) return;
    if (this.running >= this.commands && this.waiting.length < MOST_AT_ONCE) {
      this.timer ??= setTimeout(() => this.flush(), LONGEST_WAIT_MS);
    } else if (this.waiting.length < this.expected && performance.now() < this.expectedUntil) {
      this.timer ??= setTimeout(() => this.flush(), EXPECTED_WITHIN_MS);
    } else if (!this.isDue) {
      this.isDue = true;
      process.nextTick(() => this.flush());
    }
  }

  private stopWaiting(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private flush(): void {
    this.stopWaiting();
    this.isDue = false;
    const calls = this.waiting;
    this.waiting = [];
    for (let i = 0; i < calls.length; i += MOST_AT_ONCE) void this.run(calls.slice(i, i + MOST_AT_ONCE));
  }

  private async run(calls: readonly Call<T, R>[]): Promise<void> {
    this.running += 1;
    try {
      const results = await this.send(calls.map(({ item }) => item));
      for (const [i, { resolve, reject }] of calls.entries()) {
        const result = results[i];
        if (result instanceof Error) reject(result);
        else resolve(result as R);
      }
    } catch (error) {
      for (const { reject } of calls) reject(error);
    } finally {
      this.running -= 1;
      this.expected = Math.floor(calls.length * SHARE_EXPECTED);
      this.expectedUntil = performance.now() + EXPECTED_WITHIN_MS;
      if (this.running < this.commands) this.stopWaiting();
      this.goOn();
    }
  }
}
