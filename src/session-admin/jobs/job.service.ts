import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { JobNotFound } from './job.errors.js';
import { JobRepository } from './job.repository.js';
import { newJob } from './job.rules.js';
import { JobRunner } from './job.runner.js';
import type { Job, SessionSelection } from './job.types.js';

@Injectable()
export class JobService {
  constructor(
    private readonly jobs: JobRepository,
    private readonly runner: JobRunner,
    private readonly clock: Clock,
  ) {}

  /** Begins a job that ends sessions. It continues after this call, on any instance. @returns its id */
  async endSessions(tenant: string, { createdBefore, ...selection }: SessionSelection): Promise<string> {
    const now = this.clock.now();
    // Sessions that begin while the job runs are not meant.
    const before = createdBefore < now ? createdBefore : now;
    const job = newJob(tenant, newId(), { ...selection, createdBefore: before }, now);
    await this.jobs.add(job);
    this.runner.wake();
    return job.id;
  }

  /** @throws JobNotFound */
  async find(tenant: string, id: string): Promise<Job> {
    const job = await this.jobs.find(tenant, id);
    if (!job) throw new JobNotFound(id);
    return job;
  }
}
