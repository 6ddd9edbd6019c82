import { Module } from '@nestjs/common';
import { OwnSessionContextController } from './own-session-context.controller.js';
import { SessionContextController } from './session-context.controller.js';
import { SessionContextService } from './session-context.service.js';

/** The Emporix dialect of the session's context. */
@Module({
  controllers: [OwnSessionContextController, SessionContextController],
  providers: [SessionContextService],
})
export class SessionContextModule {}
