/** What a generator of load is told to do. */
export interface StormPlan {
  readonly url: string;
  /** Path and query of the request that is sent over and over. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of JSON, sent by POST. Without it, the request is a GET. */
  readonly body?: string;
  /** Bearer tokens that take turns. */
  readonly tokens?: readonly string[];
  readonly requests: number;
  readonly perSecond: number;
  /** Requests under way at once: when all are, the next one waits, and the storm falls behind its rate. */
  readonly connections: number;
}

/** What came of it. */
export interface StormReport {
  readonly statuses: Readonly<Record<number, number>>;
  /** Requests without an answer, and why. */
  readonly failures: readonly string[];
  readonly seconds: number;
  /** Milliseconds from the moment a request was sent until its answer was there. */
  readonly latencies: readonly number[];
  /** Some of the bodies of 200. */
  readonly bodies: readonly string[];
  /** Of the last 429. */
  readonly retryAfter?: number;
}
