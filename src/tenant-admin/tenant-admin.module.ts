import { type DynamicModule, Module } from '@nestjs/common';
import { BootstrapModule } from '../bootstrap/index.js';
import type { Config } from '../config/config.schema.js';
import { CustomerAdminModule } from '../customer-admin/index.js';
import { OAuthModule } from '../oauth/index.js';
import { TenantModule } from '../tenant/index.js';
import { VtexSettingsModule } from '../vtex-settings/index.js';
import { TenantAdminController } from './tenant-admin.controller.js';
import { TenantAdminService } from './tenant-admin.service.js';
import { TenantDeletionService } from './tenant-deletion.service.js';
import { TenantDeletionWorker } from './tenant-deletion.worker.js';
import { TenantMaker } from './tenant-maker.js';
import { TenantMemory } from './tenant-memory.js';
import { TenantReader } from './tenant-reader.js';

/** Tenants of a running system. Deletions that were begun go on without the routes, too. */
@Module({})
export class TenantAdminModule {
  static of({ OPERATOR_SECRET }: Config): DynamicModule {
    return {
      module: TenantAdminModule,
      imports: [TenantModule, OAuthModule, CustomerAdminModule, BootstrapModule, VtexSettingsModule],
      controllers: OPERATOR_SECRET === undefined ? [] : [TenantAdminController],
      providers: [
        TenantAdminService,
        TenantDeletionService,
        TenantDeletionWorker,
        TenantMemory,
        TenantMaker,
        TenantReader,
      ],
    };
  }
}
