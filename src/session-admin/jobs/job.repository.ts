import type { Job } from './job.types.js';

/** Stores jobs. An adapter must pass `test/contracts/job.contract.ts`. */
export abstract class JobRepository {
  /** The id is new. */
  abstract add(job: Job): Promise<void>;

  abstract find(tenant: string, id: string): Promise<Job | undefined>;

  /** Lists jobs of all tenants whose `dueAt` has come, longest waiting first. */
  abstract due(now: Date, limit: number): Promise<readonly Job[]>;

  /**
   * Reads, decides and writes one job in one atomic step. `decide` must be pure.
   * @returns the job as it is now; undefined if there is none
   */
  abstract change(tenant: string, id: string, decide: (current: Job) => Job): Promise<Job | undefined>;
}
