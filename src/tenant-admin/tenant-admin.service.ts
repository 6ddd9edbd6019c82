import { Injectable, Logger } from '@nestjs/common';
import {
  asSent,
  BootstrapService,
  type DeclaredTenant,
  fieldOf,
  readSentSettings,
} from '../bootstrap/index.js';
import { Clock } from '../shared/clock.js';
import { InvalidInput, type Problem } from '../shared/domain-error.js';
import { mergePatch } from '../shared/merge-patch.js';
import { type Tenant, type TenantDeletion, TenantRepository } from '../tenant/index.js';
import { TenantIsBeingDeleted, TenantNotFound } from './tenant-admin.errors.js';
import { changedTenant, expectVersion } from './tenant-change.rules.js';
import type { TenantChange } from './tenant-change.schema.js';
import { TenantDeletionService } from './tenant-deletion.service.js';
import { TenantDeletionWorker } from './tenant-deletion.worker.js';
import { TenantMemory } from './tenant-memory.js';

/** Changes and deletes tenants for the operator. */
@Injectable()
export class TenantAdminService {
  private readonly log = new Logger(TenantAdminService.name);

  constructor(
    private readonly tenants: TenantRepository,
    private readonly deletions: TenantDeletionService,
    private readonly worker: TenantDeletionWorker,
    private readonly bootstrap: BootstrapService,
    private readonly memory: TenantMemory,
    private readonly clock: Clock,
  ) {}

  /**
   * Adds parts that are missing, then changes the settings and switches the tenant on or off. If a part is refused, the
   * parts before it may have been added, and nothing else was changed.
   * @param parts what the change holds besides, read
   * @returns parts that exist and are otherwise; they are kept as they are
   * @throws TenantNotFound | TenantIsBeingDeleted | VersionConflict | InvalidInput
   */
  async change(
    name: string,
    { enabled, settings, version }: TenantChange,
    parts: DeclaredTenant,
    reason?: string,
  ): Promise<readonly Problem[]> {
    const stored = await this.find(name);
    const deletion = await this.deletions.unfinished(name);
    if (deletion) throw new TenantIsBeingDeleted(name, deletion.job);
    expectVersion(stored, version);
    const wanted = settings && readSentSettings(mergePatch(jsonOf(stored.settings), settings));
    await asSent(() => this.bootstrap.refuseOthers(parts));
    const outcomes = await asSent(() => this.bootstrap.loadParts(parts));
    const now = this.clock.now();
    const changed = await this.tenants.change(name, (current) =>
      changedTenant(current, { enabled, settings: wanted }, version, now),
    );
    if (!changed) throw new TenantNotFound(name);
    this.memory.forget(name);
    this.log.log({ tenant: name, by: 'operator', enabled, reason }, 'tenant changed');
    return outcomes.flatMap(({ place, difference }) =>
      difference === undefined ? [] : [{ field: fieldOf(place), message: difference }],
    );
  }

  /**
   * Switches the tenant off and begins to delete it. Again while that goes on: the same job.
   * @param confirm must be its name
   * @throws TenantNotFound | InvalidInput
   */
  async delete(name: string, confirm: string, reason?: string): Promise<TenantDeletion> {
    await this.find(name);
    if (confirm !== name) throw InvalidInput.of('confirm', `must be the name of the tenant, '${name}'`);
    const deletion = await this.deletions.begin(name);
    this.memory.forget(name);
    this.worker.start(deletion);
    this.log.log({ tenant: name, by: 'operator', job: deletion.job, reason }, 'tenant is being deleted');
    return deletion;
  }

  private async find(name: string): Promise<Tenant> {
    const tenant = await this.tenants.find(name);
    if (!tenant) throw new TenantNotFound(name);
    return tenant;
  }
}

const jsonOf = (settings: Tenant['settings']): Parameters<typeof mergePatch>[0] =>
  JSON.parse(JSON.stringify(settings));
