/** Runs at most `atOnce` tasks. Up to `waiting` more queue, first come, first served. */
export class BoundedQueue {
  private running = 0;
  private readonly line: (() => void)[] = [];

  constructor(
    private readonly limits: { readonly atOnce: number; readonly waiting: number },
    private readonly full: () => Error,
  ) {}

  /** @throws what `full` returns, at once, if the queue is full */
  async run<R>(task: () => Promise<R>): Promise<R> {
    if (this.running < this.limits.atOnce) this.running += 1;
    else await this.standInLine();
    try {
      return await task();
    } finally {
      const next = this.line.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  /** A finished task hands its place to the first in the queue, so `running` does not change. */
  private standInLine(): Promise<void> {
    if (this.line.length >= this.limits.waiting) throw this.full();
    return new Promise((resolve) => this.line.push(resolve));
  }
}
