import { Injectable } from '@nestjs/common';
import { Operator, OPERATOR } from '../auth/index.js';
import { Clock } from '../shared/clock.js';
import { ClientAssertions } from './keys/client-assertions.js';
import type { ClientCredentials, PublicCredentials, SecretCredentials } from './client-credentials.js';
import { secretFits } from './client-secret.js';
import { goodSecrets } from './client.rules.js';
import type { Client } from './client.types.js';
import { invalidClient } from './oauth.errors.js';
import { RememberedClients } from './remembered-clients.js';

/** An authenticated client: a tenant's, or the operator's. */
export type AuthenticatedClient =
  { readonly client: Client } | { readonly client?: never; readonly operatorEpoch: string };

/** Checks the credentials of a client, always against what is stored now. */
@Injectable()
export class ClientAuthentication {
  constructor(
    private readonly remembered: RememberedClients,
    private readonly assertions: ClientAssertions,
    private readonly operator: Operator,
    private readonly clock: Clock,
  ) {}

  /** @throws OAuthError if the proof is wrong, or the client unknown, public or switched off */
  async confidential(credentials: ClientCredentials): Promise<AuthenticatedClient> {
    if ('secret' in credentials) return this.bySecret(credentials);
    return { client: await this.assertions.authenticate(credentials) };
  }

  /** As `confidential`, and a storefront, which has no secret, by its id. @throws OAuthError */
  async confidentialOrPublic(
    credentials: ClientCredentials | PublicCredentials,
  ): Promise<AuthenticatedClient> {
    if ('secret' in credentials || 'assertion' in credentials) return this.confidential(credentials);
    const client = await this.remembered.fresh(credentials.clientId);
    if (client?.kind !== 'storefront' || !client.enabled) throw invalidClient();
    return { client };
  }

  private async bySecret({ clientId, secret }: SecretCredentials): Promise<AuthenticatedClient> {
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
}
