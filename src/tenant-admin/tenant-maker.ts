import { Injectable, Logger } from '@nestjs/common';
import {
  asSent,
  BootstrapService,
  type DeclaredTenant,
  isExposed,
  publishedOf,
  readSentTenant,
} from '../bootstrap/index.js';
import { Config } from '../config/config.schema.js';
import { Clock } from '../shared/clock.js';
import { InvalidInput } from '../shared/domain-error.js';
import { TenantRepository } from '../tenant/index.js';
import { TenantExists, TenantIsBeingDeleted } from './tenant-admin.errors.js';
import { TenantDeletionService } from './tenant-deletion.service.js';

/** Makes tenants of what a client sends, as `BootstrapService` does of what the file declares. */
@Injectable()
export class TenantMaker {
  private readonly log = new Logger(TenantMaker.name);

  constructor(
    private readonly tenants: TenantRepository,
    private readonly deletions: TenantDeletionService,
    private readonly bootstrap: BootstrapService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates a tenant with everything that was sent, or nothing. The tenant is switched on once it is complete.
   * @returns its name
   * @throws InvalidInput | TenantExists | TenantIsBeingDeleted
   */
  async create(body: unknown, reason?: string): Promise<string> {
    const sent = this.readParts(body);
    const { name, settings } = sent;
    const deletion = await this.deletions.unfinished(name);
    if (deletion) throw new TenantIsBeingDeleted(name, deletion.job);
    await asSent(() => this.bootstrap.refuseOthers(sent));
    const now = this.clock.now();
    const made = { name, settings, enabled: false, createdAt: now, modifiedAt: now, version: 1 };
    if (!(await this.tenants.create(made))) throw new TenantExists(name);
    await this.deletions.forget(name);
    await this.loadOrUndo(sent);
    // Somebody may have begun to delete it meanwhile.
    if (!(await this.deletions.unfinished(name)))
      await this.tenants.change(name, (current) => ({ ...current, enabled: true }));
    this.log.log({ tenant: name, by: 'operator', reason }, 'tenant created');
    return name;
  }

  /** @throws InvalidInput - something is wrong, or a secret is one that anybody knows */
  readParts(body: unknown): DeclaredTenant {
    const sent = readSentTenant(body);
    const known = isExposed(this.config) ? publishedOf(sent) : [];
    if (known.length > 0) {
      throw new InvalidInput(
        known.map(({ kind, name }) => ({
          field: `${kind}s`,
          message: `the secret of '${name}' is published, so anybody knows it: choose another one`,
        })),
      );
    }
    return sent;
  }

  private async loadOrUndo(sent: DeclaredTenant): Promise<void> {
    try {
      await asSent(() => this.bootstrap.loadParts(sent));
    } catch (error) {
      if (error instanceof InvalidInput) {
        await this.deletions.empty(sent.name);
        await this.tenants.remove(sent.name);
      }
      throw error;
    }
  }
}
