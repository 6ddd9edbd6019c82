import { Module } from '@nestjs/common';
import { TenantModule } from '../tenant/index.js';
import { VtexModule } from '../vtex/index.js';
import { HandoverPageController } from './handover-page.controller.js';
import { HandoverPageService } from './handover-page.service.js';
import { HandoverRedemption } from './handover-redemption.js';
import { HandoverController } from './handover.controller.js';
import { HandoverService } from './handover.service.js';

/** Hands a guest's session over to another browser or device, by a link that works once. */
@Module({
  imports: [TenantModule, VtexModule],
  controllers: [HandoverController, HandoverPageController],
  providers: [HandoverService, HandoverRedemption, HandoverPageService],
  exports: [HandoverService],
})
export class SessionHandoverModule {}
