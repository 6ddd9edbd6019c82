/** What is wrong with the process and its store at the moment. The preload changes it as the test says. */
export interface Faults {
  /** Milliseconds between the clock of the machine and the one that the process sees. */
  clockMs: number;
  /** Milliseconds that a write to the embedded store waits before it begins. */
  storeMs: number;
}

/** With FAULT_CLOCK_MS, the clock is wrong from the start. */
export const faults: Faults = { clockMs: Number(process.env.FAULT_CLOCK_MS ?? 0), storeMs: 0 };
