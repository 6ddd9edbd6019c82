import { Global, Module } from '@nestjs/common';
import { ShopperGate } from '../auth/index.js';
import { TenantModule } from '../tenant/index.js';
import { ContextService } from './context.service.js';
import { InitialValuesService } from './initial-values.service.js';
import { SessionGate } from './session-gate.js';
import { SessionRefreshService } from './session-refresh.service.js';
import { SessionService } from './session.service.js';
import { SessionTokenService } from './session-tokens.js';

/** Global, because the guard of all routes asks its gate. */
@Global()
@Module({
  imports: [TenantModule],
  providers: [
    SessionService,
    SessionRefreshService,
    ContextService,
    InitialValuesService,
    SessionTokenService,
    SessionGate,
    { provide: ShopperGate, useExisting: SessionGate },
  ],
  exports: [
    SessionService,
    SessionRefreshService,
    ContextService,
    InitialValuesService,
    SessionTokenService,
    SessionGate,
    ShopperGate,
  ],
})
export class SessionModule {}
