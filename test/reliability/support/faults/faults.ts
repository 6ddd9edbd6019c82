/** What is wrong with the process and its store at the moment. The preload changes it as the test says. */
export interface Faults {
  /** Milliseconds between the clock of the machine and the one that the process sees. */
  clockMs: number;
  /** Milliseconds that a write to the embedded store waits before it begins. */
  storeMs: number;
}

export const faults: Faults = { clockMs: 0, storeMs: 0 };
