import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config/config.schema.js';
import type { TenantDeletion } from '../tenant/index.js';
import { TenantDeletionService } from './tenant-deletion.service.js';

/** Deletes tenants in the background, and every `SWEEP_SECONDS` goes on with what a restart has interrupted. */
@Injectable()
export class TenantDeletionWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(TenantDeletionWorker.name);
  private timer: NodeJS.Timeout | undefined;
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly deletions: TenantDeletionService,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.run(() => this.deletions.sweep()), this.config.SWEEP_SECONDS * 1000);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.running);
  }

  /** Without waiting for it. */
  start(deletion: TenantDeletion): void {
    this.run(() => this.deletions.continue(deletion));
  }

  /** What fails now is left to the next pass. */
  private run(work: () => Promise<void>): void {
    const running = work()
      .catch((error: unknown) => this.log.warn({ err: error }, 'The deletion of a tenant goes on later'))
      .finally(() => this.running.delete(running));
    this.running.add(running);
  }
}
