import type { Job, SessionSelection } from './job.types.js';

/** An instance that did nothing for so long has stopped. A batch takes far less. */
const CLAIM_MS = 30_000;

/** How long after its last progress a job can be read. */
const KEPT_MS = 7 * 86_400_000;

const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms);

export const newJob = (tenant: string, id: string, selection: SessionSelection, now: Date): Job => ({
  tenant,
  id,
  state: 'running',
  selection,
  done: 0,
  batch: [],
  searched: false,
  dueAt: now,
  createdAt: now,
  erasedAt: after(now, KEPT_MS),
});

/** Takes the job for the holder of this claim. Returns the job unchanged if it is done or somebody works on it. */
export function taken(job: Job, claim: string, now: Date): Job {
  return job.dueAt === undefined || job.dueAt > now ? job : heldBy(job, claim, now);
}

/** A batch as it was found, and where the search goes on. */
export interface FoundBatch {
  readonly ids: readonly string[];
  /** Absent at the end. */
  readonly next?: string;
}

/**
 * Counts the batch that was ended, and stores the next one before it is ended. A job whose search is over and whose
 * batches are all ended is done. Returns the job unchanged if somebody else has taken it meanwhile.
 */
export function advanced(job: Job, claim: string, { ids, next }: FoundBatch, now: Date): Job {
  if (job.claim !== claim) return job;
  const { claim: _claim, dueAt: _due, after: _after, ...rest } = job;
  const counted = { ...rest, done: job.done + job.batch.length, batch: ids };
  if (job.searched) return { ...counted, batch: [], state: 'done', erasedAt: after(now, KEPT_MS) };
  const goesOn = { ...counted, searched: next === undefined, ...(next !== undefined && { after: next }) };
  return heldBy(goesOn, claim, now);
}

/** Lets another instance continue at once. */
export const released = (job: Job, claim: string, now: Date): Job =>
  job.claim === claim && job.state === 'running' ? { ...job, dueAt: now } : job;

const heldBy = (job: Job, claim: string, now: Date): Job => ({
  ...job,
  claim,
  dueAt: after(now, CLAIM_MS),
  erasedAt: after(now, KEPT_MS),
});
