import { Module } from '@nestjs/common';
import { OwnSessionContextController } from './own-session-context.controller.js';
import { SessionContextController } from './session-context.controller.js';
import { SessionContextService } from './session-context.service.js';

/** Serves the session context in the Emporix dialect. */
@Module({
  controllers: [OwnSessionContextController, SessionContextController],
  providers: [SessionContextService],
})
export class SessionContextModule {}
