import { Module } from '@nestjs/common';
import { CartModule } from '../cart/index.js';
import { TenantModule } from '../tenant/index.js';
import { VtexModule } from '../vtex/index.js';
import { SessionListingController } from './listing/listing.controller.js';
import { SessionCountService } from './listing/session-counts.service.js';
import { SessionListService } from './listing/session-list.service.js';
import { SessionSegments } from './listing/session-segments.service.js';
import { SessionViewService } from './listing/session-view.service.js';

/** What employees do with sessions: list, count, read. */
@Module({
  imports: [CartModule, TenantModule, VtexModule],
  controllers: [SessionListingController],
  providers: [SessionCountService, SessionListService, SessionSegments, SessionViewService],
})
export class SessionAdminModule {}
