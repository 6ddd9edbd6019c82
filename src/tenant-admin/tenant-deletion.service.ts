import { Injectable, Logger } from '@nestjs/common';
import { Overwriter } from '../customer-admin/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import {
  type TenantDeletion,
  TenantDeletionRepository,
  TenantRecords,
  TenantRepository,
} from '../tenant/index.js';
import { DeletionJobNotFound } from './tenant-admin.errors.js';
import { switchedOff } from './tenant-change.rules.js';
import { begun, isDue, passed } from './tenant-deletion.rules.js';

/** How many records are removed before progress is stored. */
const A_STEP = 2_000;

/**
 * Deletes tenants: switched off first, then emptied, then, when nothing can be writing any more, emptied again and
 * removed. The deletion is stored before anything is removed and each step can be repeated, so any instance continues
 * it after a restart.
 */
@Injectable()
export class TenantDeletionService {
  private readonly log = new Logger(TenantDeletionService.name);
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly deletions: TenantDeletionRepository,
    private readonly tenants: TenantRepository,
    private readonly records: TenantRecords,
    private readonly overwriter: Overwriter,
    private readonly clock: Clock,
  ) {}

  /** @returns the deletion that is under way, if there is one */
  async unfinished(tenant: string): Promise<TenantDeletion | undefined> {
    const deletion = await this.deletions.find(tenant);
    return deletion?.finishedAt ? undefined : deletion;
  }

  /** @throws DeletionJobNotFound */
  async job(job: string): Promise<TenantDeletion> {
    const deletion = (await this.deletions.list()).find((one) => one.job === job);
    if (!deletion) throw new DeletionJobNotFound(job);
    return deletion;
  }

  /** Stores the deletion and switches the tenant off. `continue` does the rest. */
  async begin(tenant: string): Promise<TenantDeletion> {
    const now = this.clock.now();
    const deletion = (await this.unfinished(tenant)) ?? begun(tenant, newId(), now);
    await this.deletions.save(deletion);
    await this.tenants.change(tenant, (current) => switchedOff(current, now));
    return deletion;
  }

  /** A new tenant has the name of a deleted one. From now on, the bootstrap file may declare it. */
  async forget(tenant: string): Promise<void> {
    if ((await this.deletions.find(tenant))?.finishedAt) await this.deletions.remove(tenant);
  }

  /** Continues all deletions for which it is time. */
  async sweep(): Promise<void> {
    for (const deletion of await this.deletions.list()) {
      if (isDue(deletion, this.clock.now())) await this.continue(deletion);
    }
  }

  /** One at a time for each tenant; a second call waits for the first. */
  async continue(deletion: TenantDeletion): Promise<void> {
    const known = this.running.get(deletion.tenant);
    if (known) return known;
    const pass = this.pass(deletion).finally(() => this.running.delete(deletion.tenant));
    this.running.set(deletion.tenant, pass);
    return pass;
  }

  /** Removes the records of a tenant whose creation did not finish. */
  async empty(tenant: string): Promise<void> {
    while ((await this.records.removeSome(tenant, A_STEP)) > 0);
  }

  private async pass(deletion: TenantDeletion): Promise<void> {
    const { tenant, job } = deletion;
    await this.tenants.change(tenant, (current) => switchedOff(current, this.clock.now()));
    let { done } = deletion;
    for (;;) {
      const removed = await this.records.removeSome(tenant, A_STEP);
      if (removed === 0) break;
      done += removed;
      // Another instance may have finished, and the operator may have made a tenant of this name since.
      if ((await this.unfinished(tenant))?.job !== job) return;
      await this.deletions.save({ ...deletion, done });
    }
    const left = passed({ ...deletion, done }, this.clock.now());
    if (left.finishedAt) await this.tenants.remove(tenant);
    await this.overwriter.overwrite();
    await this.deletions.save(left);
    if (left.finishedAt) this.log.log({ tenant, job, done }, 'a tenant was deleted');
  }
}
