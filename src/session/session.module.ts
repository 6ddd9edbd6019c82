import { Global, Module } from '@nestjs/common';
import { SessionTokenGate, ShopperGate } from '../auth/index.js';
import { TenantModule, TenantService } from '../tenant/index.js';
import { ContextService } from './context/context.service.js';
import { DefaultValuesService } from './context/default-values.service.js';
import { SessionsWithEvents } from './events/sessions-with-events.js';
import { SessionsWithHistory } from './history/sessions-with-history.js';
import { AgentSessionService } from './lifecycle/agent-session.service.js';
import { SessionGate } from './lifecycle/session-gate.js';
import { SessionService } from './lifecycle/session.service.js';
import { SharedSessionService } from './lifecycle/shared-session.service.js';
import { SessionMeter } from './session-meter.js';
import { SessionRepository } from './session.repository.js';
import { SessionRefreshService } from './tokens/session-refresh.service.js';
import { StoredSessionTokens } from './tokens/session-token-gate.js';
import { SessionTokenService } from './tokens/session-tokens.js';

/** Global, because the access guard of every route uses its gate. */
@Global()
@Module({
  imports: [TenantModule],
  providers: [
    SessionsWithEvents,
    {
      provide: SessionRepository,
      useFactory: (stored: SessionsWithEvents, tenants: TenantService, meter: SessionMeter) =>
        new SessionsWithHistory(stored, tenants, meter),
      inject: [SessionsWithEvents, TenantService, SessionMeter],
    },
    SessionService,
    AgentSessionService,
    SharedSessionService,
    SessionRefreshService,
    ContextService,
    DefaultValuesService,
    SessionTokenService,
    SessionGate,
    { provide: ShopperGate, useExisting: SessionGate },
    { provide: SessionTokenGate, useClass: StoredSessionTokens },
  ],
  exports: [
    SessionRepository,
    SessionService,
    AgentSessionService,
    SharedSessionService,
    SessionRefreshService,
    ContextService,
    DefaultValuesService,
    SessionTokenService,
    SessionGate,
    ShopperGate,
    SessionTokenGate,
  ],
})
export class SessionModule {}
