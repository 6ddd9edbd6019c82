import type { Config } from '../../../src/config/config.schema.js';
import { TargetAddresses } from '../../../src/http/upstream/target-addresses.js';
import { ClientAssertions } from '../../../src/oauth/keys/client-assertions.js';
import type { RememberedClients } from '../../../src/oauth/remembered-clients.js';
import { RemoteKeySets } from '../../../src/oauth/keys/remote-key-sets.js';
import type { SpentJwtRepository } from '../../../src/oauth/revocation/spent-jwt.repository.js';
import type { Clock } from '../../../src/shared/clock.js';

/** What authenticates clients by assertions, with everything that it needs. */
export const assertionsOf = (
  remembered: RememberedClients,
  spent: SpentJwtRepository,
  config: Config,
  clock: Clock,
): ClientAssertions =>
  new ClientAssertions(
    remembered,
    new RemoteKeySets(new TargetAddresses(config), clock),
    spent,
    config,
    clock,
  );
