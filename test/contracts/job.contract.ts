import { expect, it } from 'vitest';
import type { JobRepository } from '../../src/session-admin/jobs/job.repository.js';
import type { Job } from '../../src/session-admin/jobs/job.types.js';
import { newId } from '../../src/shared/ids.js';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 15, 12, 0, seconds));
/** Later than MongoDB's own clock, which decides when expired records are deleted. */
const LATER = new Date(Date.now() + 30 * 86_400_000);

const aJob = (over: Partial<Job> = {}): Job => ({
  tenant: 'acme',
  id: newId(),
  state: 'running',
  selection: { createdBefore: at(0), kind: 'anonymous' },
  done: 7,
  batch: ['one', 'two'],
  after: 'two',
  searched: false,
  claim: 'mine',
  dueAt: at(30),
  createdAt: at(0),
  erasedAt: LATER,
  ...over,
});

/** What every adapter promises for jobs. */
export function jobContract(jobs: () => JobRepository): void {
  const dueIds = async (now: Date, ours: readonly Job[]) =>
    (await jobs().due(now, 1000)).map(({ id }) => id).filter((id) => ours.some((job) => job.id === id));

  it('are found as they were stored, by tenant and id', async () => {
    const job = aJob();
    await jobs().add(job);
    expect(await jobs().find('acme', job.id)).toStrictEqual(job);
    expect(await jobs().find('globex', job.id)).toBeUndefined();
    const { claim: _claim, after: _after, dueAt: _due, ...rest } = job;
    const done: Job = { ...rest, selection: { createdBefore: at(1) }, state: 'done', batch: [] };
    expect(await jobs().change('acme', job.id, () => done)).toStrictEqual(done);
    expect(await jobs().find('acme', job.id)).toStrictEqual(done);
  });

  it('are due from their time on, longest waiting first, those of all tenants', async () => {
    const [late, early, future] = [aJob({ dueAt: at(20) }), aJob({ dueAt: at(10) }), aJob({ dueAt: at(99) })];
    const elsewhere = aJob({ tenant: 'globex', dueAt: at(15) });
    const { dueAt: _none, ...rest } = aJob();
    const done: Job = { ...rest, state: 'done' };
    const all = [late, early, future, elsewhere, done];
    for (const job of all) await jobs().add(job);
    expect(await dueIds(at(20), all)).toEqual([early.id, elsewhere.id, late.id]);
    expect(await jobs().due(at(20), 1)).toHaveLength(1);
    await jobs().change('acme', early.id, (job) => ({ ...job, dueAt: at(50) }));
    expect(await dueIds(at(20), all)).toEqual([elsewhere.id, late.id]);
  });

  it('are taken by one of twenty callers at once', async () => {
    const job = aJob({ dueAt: at(0) });
    await jobs().add(job);
    const take = (_: unknown, i: number) =>
      jobs().change('acme', job.id, (current) =>
        current.dueAt && current.dueAt > at(5) ? current : { ...current, claim: `${i}`, dueAt: at(60) },
      );
    const seen = await Promise.all(Array.from({ length: 20 }, take));
    expect(new Set(seen.map((one) => one?.claim)).size).toBe(1);
  });

  it('are changed only for their tenant', async () => {
    const job = aJob();
    await jobs().add(job);
    expect(await jobs().change('globex', job.id, () => expect.unreachable())).toBeUndefined();
    expect(await jobs().change('acme', newId(), () => expect.unreachable())).toBeUndefined();
    expect(await jobs().find('acme', job.id)).toStrictEqual(job);
  });
}
