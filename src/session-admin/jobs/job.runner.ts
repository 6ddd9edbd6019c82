import { setImmediate } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { SessionRepository } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { Passes } from '../../shared/passes.js';
import { JobRepository } from './job.repository.js';
import { advanced, type FoundBatch, released, taken } from './job.rules.js';
import type { Job } from './job.types.js';

/** Sessions that are looked at, and at most ended, between two writes of the job. */
const A_BATCH = 200;

/** Sessions that are ended at the same time. Other requests get their turn in between. */
const AT_ONCE = 20;

/** Jobs that are taken in one pass. */
const A_PASS = 10;

/** Runs jobs. Each instance has a runner; one of them takes each job, and another one if that stops. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(JobRunner.name);
  private readonly passes = new Passes(
    () => this.pass(),
    (err) => this.log.warn({ err }, 'Jobs could not be continued; the next pass tries again'),
  );

  constructor(
    private readonly jobs: JobRepository,
    private readonly sessions: SessionRepository,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Continues what a crash or a stop left unfinished. */
  onApplicationBootstrap(): void {
    this.passes.every(this.config.SWEEP_SECONDS * 1000);
    this.wake();
  }

  /** Finishes the batch that has begun. The rest is left for another instance, or for the next start. */
  onModuleDestroy(): Promise<void> {
    return this.passes.stop();
  }

  /** Starts a pass, without waiting for it. */
  wake(): void {
    this.passes.wake();
  }

  /** Waits until what was started is finished. */
  settled(): Promise<void> {
    return this.passes.settled();
  }

  private async pass(): Promise<void> {
    let due: readonly Job[];
    do {
      due = await this.jobs.due(this.clock.now(), A_PASS);
      for (const job of due) await this.run(job);
    } while (due.length === A_PASS && !this.passes.isStopped);
  }

  private async run({ tenant, id }: Job): Promise<void> {
    const claim = newId();
    const change = (decide: (current: Job, now: Date) => Job) =>
      this.jobs.change(tenant, id, (current) => decide(current, this.clock.now()));
    let job = await change((current, now) => taken(current, claim, now));
    while (job?.claim === claim && job.state === 'running') {
      if (this.passes.isStopped) {
        await change((current, now) => released(current, claim, now));
        return;
      }
      await this.end(job);
      const found = await this.next(job);
      job = await change((current, now) => advanced(current, claim, found, now));
    }
    if (job?.state === 'done') this.log.log({ tenant, job: id, ended: job.done }, 'sessions were ended');
  }

  private async end({ tenant, batch }: Job): Promise<void> {
    for (let from = 0; from < batch.length; from += AT_ONCE) {
      const some = batch.slice(from, from + AT_ONCE);
      await Promise.all(some.map((sessionId) => this.sessions.remove({ tenant, sessionId }, 'employee')));
      await setImmediate();
    }
  }

  private async next({ tenant, selection, after, searched }: Job): Promise<FoundBatch> {
    return searched ? { ids: [] } : this.sessions.idsBegunBefore(tenant, selection, A_BATCH, after);
  }
}
