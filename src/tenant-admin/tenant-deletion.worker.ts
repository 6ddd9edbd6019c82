import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config/config.schema.js';
import { Passes } from '../shared/passes.js';
import type { TenantDeletion } from '../tenant/index.js';
import { TenantDeletionService } from './tenant-deletion.service.js';

/** Deletes tenants in the background, and every `SWEEP_SECONDS` goes on with what a restart has interrupted. */
@Injectable()
export class TenantDeletionWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(TenantDeletionWorker.name);
  private readonly passes = new Passes(
    () => this.deletions.sweep(),
    (error) => this.failed(error),
  );
  private readonly started = new Set<Promise<void>>();

  constructor(
    private readonly deletions: TenantDeletionService,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.passes.every(this.config.SWEEP_SECONDS * 1000);
  }

  async onModuleDestroy(): Promise<void> {
    await this.passes.stop();
    await Promise.all(this.started);
  }

  /** Without waiting for it. */
  start(deletion: TenantDeletion): void {
    const started = this.deletions
      .continue(deletion)
      .catch((error: unknown) => this.failed(error))
      .finally(() => this.started.delete(started));
    this.started.add(started);
  }

  /** The next pass continues it. */
  private failed(err: unknown): void {
    this.log.warn({ err }, 'The deletion of a tenant goes on later');
  }
}
