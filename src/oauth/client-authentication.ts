import { Injectable } from '@nestjs/common';
import { Operator, OPERATOR } from '../auth/index.js';
import { Clock } from '../shared/clock.js';
import type { ClaimedCredentials, ClientCredentials } from './client-credentials.js';
import { secretFits } from './client-secret.js';
import { goodSecrets } from './client.rules.js';
import type { Client } from './client.types.js';
import { invalidClient } from './oauth.errors.js';
import { RememberedClients } from './remembered-clients.js';

/** Who proved to be a client: a tenant's, or the operator. */
export type AuthenticatedClient =
  { readonly client: Client } | { readonly client?: never; readonly operatorEpoch: string };

/** Checks the secret of a client, always by what is stored now. */
@Injectable()
export class ClientAuthentication {
  constructor(
    private readonly remembered: RememberedClients,
    private readonly operator: Operator,
    private readonly clock: Clock,
  ) {}

  /** @throws OAuthError if the secret is wrong, or the client unknown, public or switched off */
  async bySecret({ clientId, secret }: ClientCredentials): Promise<AuthenticatedClient> {
    const { epoch } = this.operator;
    // A client of a tenant that has this id too keeps its own secret.
    if (epoch !== undefined && clientId === OPERATOR && this.operator.hasSecret(secret)) {
      return { operatorEpoch: epoch };
    }
    const client = await this.remembered.fresh(clientId);
    const good = client ? goodSecrets(client, this.clock.now()) : [];
    const hashes = good.map(({ hash }) => hash);
    if (!secretFits(secret, hashes) || !client?.enabled) throw invalidClient();
    return { client };
  }

  /** As `bySecret`, and a storefront, which has no secret, by its id. @throws OAuthError */
  async bySecretOrId({ clientId, secret }: ClaimedCredentials): Promise<AuthenticatedClient> {
    if (secret !== undefined) return this.bySecret({ clientId, secret });
    const client = await this.remembered.fresh(clientId);
    if (client?.kind !== 'storefront' || !client.enabled) throw invalidClient();
    return { client };
  }
}
