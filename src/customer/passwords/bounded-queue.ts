/** Runs at most `atOnce` tasks; up to `waiting` more stand in line, first come, first served. */
export class BoundedQueue {
  private running = 0;
  private readonly line: (() => void)[] = [];

  constructor(
    private readonly limits: { readonly atOnce: number; readonly waiting: number },
    private readonly full: () => Error,
  ) {}

  /** @throws what `full` makes, at once, when the line is full */
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
