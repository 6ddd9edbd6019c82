import { Module } from '@nestjs/common';
import { CartModule } from '../cart/index.js';
import { ContextChangeService } from './changing/context-change.service.js';
import { SessionChangesController } from './changing/session-changes.controller.js';
import { HistoryController } from './history/history.controller.js';
import { HistoryService } from './history/history.service.js';
import { JobRunner } from './jobs/job.runner.js';
import { JobService } from './jobs/job.service.js';
import { JobsController } from './jobs/jobs.controller.js';

/** What employees do with sessions. */
@Module({
  imports: [CartModule],
  controllers: [HistoryController, SessionChangesController, JobsController],
  providers: [HistoryService, ContextChangeService, JobService, JobRunner],
})
export class SessionAdminModule {}
