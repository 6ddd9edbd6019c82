import { Global, Module } from '@nestjs/common';
import { TenantModule } from '../tenant/index.js';
import { AuditRecorder } from './audit-recorder.js';
import { AuditController } from './audit.controller.js';
import { AuditService } from './audit.service.js';
import { KeyChangeAudit } from './key-change-audit.js';

/** Global, because many features record into it. */
@Global()
@Module({
  imports: [TenantModule],
  controllers: [AuditController],
  providers: [AuditRecorder, AuditService, KeyChangeAudit],
  exports: [AuditRecorder, AuditService, KeyChangeAudit],
})
export class AuditModule {}
