import { Module } from '@nestjs/common';
import { LiveEventsService } from './live-events.service.js';
import { LiveStreams } from './live-streams.js';
import { OwnEventsController } from './own-events.controller.js';
import { TenantEventsController } from './tenant-events.controller.js';

/** Events as they happen, for shoppers and employees. */
@Module({
  controllers: [OwnEventsController, TenantEventsController],
  providers: [LiveStreams, LiveEventsService],
})
export class LiveModule {}
