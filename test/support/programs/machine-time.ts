import { vi } from 'vitest';

/** Stops the machine's clocks until a test moves them, for code that does not use the injected clock. */
export class MachineTime {
  private ticks = Math.floor(performance.now());
  private readonly monotonic = vi.spyOn(performance, 'now').mockImplementation(() => this.ticks);

  static stand(): MachineTime {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    return new MachineTime();
  }

  pass(seconds: number): void {
    this.ticks += seconds * 1000;
    this.setBy(seconds);
  }

  /** Acts as if somebody set the wall clock: no time passes. @param seconds may be negative */
  setBy(seconds: number): void {
    vi.setSystemTime(Date.now() + seconds * 1000);
  }

  goOn(): void {
    vi.useRealTimers();
    this.monotonic.mockRestore();
  }
}
