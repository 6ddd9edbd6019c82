import { Module } from '@nestjs/common';
import { ConsoleLinkController } from './console-link.controller.js';
import { ConsoleLinkService } from './console-link.service.js';
import { ConsoleSignInController } from './console-sign-in.controller.js';

/** Sign-in to the console by a one-time link. Its pages are served by `serveConsole`. */
@Module({
  controllers: [ConsoleLinkController, ConsoleSignInController],
  providers: [ConsoleLinkService],
})
export class ConsoleModule {}
