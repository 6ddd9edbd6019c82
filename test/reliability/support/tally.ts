import type { Answer } from './http-client.js';
import { percentile } from './timed.js';

export interface Failure {
  readonly at: number;
  readonly op: string;
  readonly what: string;
}

/** What a crowd of shoppers was told. */
export class Tally {
  acknowledged = 0;
  unknown = 0;
  /** Milliseconds, of answers that were right. */
  latencies: number[] = [];
  /** 503, and connections that ended without an answer: the client knows that it knows nothing. */
  readonly failures: Failure[] = [];
  /** What no fault excuses: other statuses, wrong values. */
  readonly surprises: string[] = [];

  unavailable(op: string, answer: Answer): void {
    this.failure(op, '503');
    if (!(Number(answer.headers['retry-after']) > 0)) this.surprise(`${op}: 503 without Retry-After`);
  }

  failure(op: string, what: string): void {
    this.failures.push({ at: performance.now(), op, what });
  }

  surprise(what: string): void {
    this.surprises.push(what);
  }

  /** @param share e.g. 0.99 @returns milliseconds */
  percentile(share: number): number {
    return percentile(this.latencies, share);
  }
}
