import { Module } from '@nestjs/common';
import { TenantModule } from '../tenant/index.js';
import { HandoverService } from './handover.service.js';

/** Hands a guest's session over to another browser or device, by a link that works once. */
@Module({
  imports: [TenantModule],
  providers: [HandoverService],
  exports: [HandoverService],
})
export class SessionHandoverModule {}
