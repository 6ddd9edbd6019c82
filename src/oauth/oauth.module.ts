import { Module } from '@nestjs/common';
import { OAuthService } from './oauth.service.js';
import { TokenController } from './token.controller.js';
import { WellKnownController } from './well-known.controller.js';

@Module({
  controllers: [TokenController, WellKnownController],
  providers: [OAuthService],
  exports: [OAuthService],
})
export class OAuthModule {}
