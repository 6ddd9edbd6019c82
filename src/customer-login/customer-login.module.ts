import { Module } from '@nestjs/common';
import { CartModule } from '../cart/index.js';
import { ClientManagementModule } from '../client-management/index.js';
import { CustomerModule } from '../customer/index.js';
import { OAuthModule } from '../oauth/index.js';
import { TenantModule } from '../tenant/index.js';
import { AnonymousLoginController } from './anonymous-login.controller.js';
import { AnonymousLoginService } from './anonymous-login.service.js';
import { CustomerLoginController } from './customer-login.controller.js';
import { CustomerLoginService } from './customer-login.service.js';
import { DeviceCookie } from './device-cookie.js';
import { OptInController } from './opt-in.controller.js';
import { OwnSessionsController } from './own-sessions/own-sessions.controller.js';
import { OwnSessionsService } from './own-sessions/own-sessions.service.js';
import { TokenExchangeService } from './token-exchange.service.js';

/** Begins, refreshes, hands over and ends sessions in the Emporix dialect. */
@Module({
  imports: [TenantModule, OAuthModule, CustomerModule, ClientManagementModule, CartModule],
  controllers: [AnonymousLoginController, CustomerLoginController, OptInController, OwnSessionsController],
  providers: [
    AnonymousLoginService,
    DeviceCookie,
    CustomerLoginService,
    OwnSessionsService,
    TokenExchangeService,
  ],
})
export class CustomerLoginModule {}
