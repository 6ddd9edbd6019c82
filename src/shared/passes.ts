/** Repeats work in the background, one pass at a time. */
export class Passes {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private waiting = false;
  private stopped = false;

  /**
   * @param pass should end soon once `isStopped`
   * @param failed is told why a pass failed; the next one makes up for it
   */
  constructor(
    private readonly pass: () => Promise<unknown>,
    private readonly failed: (error: unknown) => void,
  ) {}

  get isStopped(): boolean {
    return this.stopped;
  }

  /** Starts a pass in every interval. It does not keep the process alive. */
  every(ms: number): void {
    this.timer = setInterval(() => this.wake(), ms);
    this.timer.unref();
  }

  /** Starts a pass, without waiting for it. While one is running, one more follows, however often this is called. */
  wake(): void {
    if (this.waiting) return;
    this.waiting = true;
    this.running = this.running.then(() => this.run());
  }

  /** Waits until what was started is finished. */
  settled(): Promise<void> {
    return this.running;
  }

  /** Starts no more, and waits for the pass that is running. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    this.waiting = false;
    if (this.stopped) return;
    try {
      await this.pass();
    } catch (error) {
      this.failed(error);
    }
  }
}
