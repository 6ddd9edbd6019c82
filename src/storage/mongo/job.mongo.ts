import { JobRepository } from '../../session-admin/jobs/job.repository.js';
import type { Job } from '../../session-admin/jobs/job.types.js';
import type { MongoLink } from './link/mongo-link.js';
import { CoalescingWriter } from './rows/coalescing-writer.js';
import { type Codec, type RecordRow, Records } from './rows/records.js';
import { idOf, op, Rows } from './rows/rows.js';

interface JobRow extends RecordRow, Job {}

const codec: Codec<Job, JobRow> = {
  idOf: ({ tenant, id }) => idOf(tenant, id),
  toRow: (job) => job,
  fromRow: ({ _id, rev: _rev, ...job }) => job,
};

export class MongoJobRepository extends JobRepository {
  private readonly jobs: Records<Job, JobRow>;
  private readonly writer: CoalescingWriter<Job>;

  constructor(link: MongoLink) {
    super();
    this.jobs = new Records(new Rows<JobRow>(link, 'jobs'), codec);
    this.writer = new CoalescingWriter(this.jobs);
  }

  override async add(job: Job): Promise<void> {
    await this.jobs.insert(job);
  }

  override find(tenant: string, id: string): Promise<Job | undefined> {
    return this.jobs.find(idOf(tenant, id));
  }

  override async due(now: Date, limit: number): Promise<readonly Job[]> {
    const rows = await this.jobs.rows.list({ dueAt: op({ $lte: now }) }, { sort: { dueAt: 1 }, limit });
    return rows.map(codec.fromRow);
  }

  override change(tenant: string, id: string, decide: (current: Job) => Job): Promise<Job | undefined> {
    return this.writer.change(idOf(tenant, id), (current) => {
      const next = current && decide(current);
      return { next, result: next };
    });
  }
}
