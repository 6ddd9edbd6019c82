import { Global, Module } from '@nestjs/common';
import { ClientGate } from '../auth/index.js';
import { TargetAddresses } from '../http/upstream/target-addresses.js';
import { ClientAssertions } from './keys/client-assertions.js';
import { ClientAuthentication } from './client-authentication.js';
import { ClientController } from './client.controller.js';
import { ClientService } from './client.service.js';
import { IntrospectionController } from './introspection.controller.js';
import { IntrospectionService } from './introspection.service.js';
import { OAuthService } from './oauth.service.js';
import { RememberedClients } from './remembered-clients.js';
import { RemoteKeySets } from './keys/remote-key-sets.js';
import { RevocationController } from './revocation/revocation.controller.js';
import { RevocationService } from './revocation/revocation.service.js';
import { RevokedTokens } from './revocation/revoked-tokens.js';
import { ServiceTokenRevocation } from './revocation/service-token-revocation.js';
import { TokenController } from './token.controller.js';
import { WellKnownController } from './well-known.controller.js';

/** Global, because the access guard of every route uses its gate. */
@Global()
@Module({
  controllers: [
    TokenController,
    IntrospectionController,
    RevocationController,
    WellKnownController,
    ClientController,
  ],
  providers: [
    OAuthService,
    ClientAuthentication,
    ClientAssertions,
    RemoteKeySets,
    TargetAddresses,
    RevokedTokens,
    ServiceTokenRevocation,
    IntrospectionService,
    RevocationService,
    ClientService,
    RememberedClients,
    { provide: ClientGate, useExisting: RememberedClients },
  ],
  exports: [OAuthService, ClientGate],
})
export class OAuthModule {}
