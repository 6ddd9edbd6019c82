import { JobRepository } from '../../session-admin/jobs/job.repository.js';
import type { Job } from '../../session-admin/jobs/job.types.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { EndIndex } from './store/end-index.js';
import type { Table } from './store/table.js';

export class LmdbJobRepository extends JobRepository {
  private readonly jobs: Table<Job>;
  private readonly dues: EndIndex;
  private readonly ends: EndIndex;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.jobs = store.table('jobs');
    this.dues = store.endIndex('jobs-by-due');
    this.ends = store.endIndex('jobs-by-end');
  }

  override add(job: Job): Promise<void> {
    return this.store.write(() => this.put(undefined, job));
  }

  override async find(tenant: string, id: string): Promise<Job | undefined> {
    return this.jobs.get([tenant, id]);
  }

  override async due(now: Date, limit: number): Promise<readonly Job[]> {
    const keys = this.dues.endedBy(now, limit);
    return keys.map((key) => this.jobs.get(key)).filter((job) => job !== undefined);
  }

  override change(tenant: string, id: string, decide: (current: Job) => Job): Promise<Job | undefined> {
    return this.store.write(() => {
      const current = this.jobs.get([tenant, id]);
      if (!current) return undefined;
      const next = decide(current);
      if (next !== current) this.put(current, next);
      return next;
    });
  }

  /** Erases jobs that nobody needs to read any more, up to `limit`. @returns how many */
  sweep(now: Date, limit: number): Promise<number> {
    return this.store.eraseEnded(this.ends, now, limit, (key) => {
      const job = this.jobs.get(key);
      this.dues.move(key, job?.dueAt, undefined);
      this.ends.move(key, job?.erasedAt, undefined);
      this.jobs.remove(key);
    });
  }

  private put(before: Job | undefined, next: Job): void {
    const key = [next.tenant, next.id];
    this.jobs.put(key, next);
    this.dues.move(key, before?.dueAt, next.dueAt);
    this.ends.move(key, before?.erasedAt, next.erasedAt);
  }
}
