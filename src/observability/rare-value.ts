import { setTimeout as pause } from 'node:timers/promises';

interface Rest {
  /** The shortest time between two reads. */
  readonly restMs: number;
  /**
   * After a read, the next one waits this many times as long as the read took, so that reading takes only a small share
   * of the time.
   */
  readonly factor: number;
}

/** Scrapes are usually 15 s apart. */
const USUAL: Rest = { restMs: 10_000, factor: 100 };

/** A value that is read when a scrape asks for it, but less often the longer reading takes. */
export class RareValue<T> {
  private value: T | undefined;
  private reading: Promise<void> | undefined;
  private restsUntil = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly read: () => Promise<T>,
    private readonly rest: Rest = USUAL,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * @returns the last value that was read, if a new one takes longer than `patienceMs`; undefined if none could be read
   */
  async get(patienceMs: number): Promise<T | undefined> {
    if (!this.reading && this.now() < this.restsUntil) return this.value;
    this.reading ??= this.renew();
    await Promise.race([this.reading, pause(patienceMs, undefined, { ref: false })]);
    return this.value;
  }

  private async renew(): Promise<void> {
    const begun = this.now();
    try {
      this.value = await this.read();
    } catch {
      this.value = undefined;
    } finally {
      this.restsUntil = this.now() + Math.max(this.rest.restMs, this.rest.factor * (this.now() - begun));
      this.reading = undefined;
    }
  }
}
