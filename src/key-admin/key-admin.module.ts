import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../config/config.schema.js';
import { WebhookModule } from '../webhook/index.js';
import { KeyAdminService } from './key-admin.service.js';
import { SigningKeyController } from './signing-key.controller.js';
import { StoredSecretController } from './stored-secret.controller.js';

/** What the operator does with the keys that all tenants share. */
@Module({})
export class KeyAdminModule {
  static of({ OPERATOR_SECRET }: Config): DynamicModule {
    return {
      module: KeyAdminModule,
      imports: [WebhookModule],
      controllers: OPERATOR_SECRET === undefined ? [] : [SigningKeyController, StoredSecretController],
      providers: [KeyAdminService],
    };
  }
}
