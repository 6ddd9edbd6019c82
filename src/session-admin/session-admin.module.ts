import { Module } from '@nestjs/common';
import { CartModule } from '../cart/index.js';
import { TenantModule } from '../tenant/index.js';
import { VtexModule } from '../vtex/index.js';
import { ContextChangeService } from './changing/context-change.service.js';
import { SessionChangesController } from './changing/session-changes.controller.js';
import { HistoryController } from './history/history.controller.js';
import { HistoryService } from './history/history.service.js';
import { JobRunner } from './jobs/job.runner.js';
import { JobService } from './jobs/job.service.js';
import { JobsController } from './jobs/jobs.controller.js';
import { SessionListingController } from './listing/listing.controller.js';
import { SessionCountService } from './listing/session-counts.service.js';
import { SessionListService } from './listing/session-list.service.js';
import { SessionSegments } from './listing/session-segments.service.js';
import { SessionViewService } from './listing/session-view.service.js';

/** What employees do with sessions. */
@Module({
  imports: [CartModule, TenantModule, VtexModule],
  controllers: [SessionListingController, HistoryController, SessionChangesController, JobsController],
  providers: [
    SessionCountService,
    SessionListService,
    SessionSegments,
    SessionViewService,
    HistoryService,
    ContextChangeService,
    JobService,
    JobRunner,
  ],
})
export class SessionAdminModule {}
