import { Injectable, Logger } from '@nestjs/common';
import type { LiveToken } from '../../auth/index.js';
import { ClientRepository } from '../client.repository.js';
import { withRevokedUntil } from '../client.rules.js';
import { RememberedClients } from '../remembered-clients.js';
import { OF_OPERATOR, RevokedTokens } from './revoked-tokens.js';

/** Revokes one service token, or one token of the operator (decision 0053). */
@Injectable()
export class ServiceTokenRevocation {
  private readonly log = new Logger(ServiceTokenRevocation.name);

  constructor(
    private readonly revoked: RevokedTokens,
    private readonly clients: ClientRepository,
    private readonly remembered: RememberedClients,
  ) {}

  async revoke({ tenant, clientId, jti, exp }: LiveToken): Promise<void> {
    if (jti === undefined) return;
    const expiresAt = new Date(exp * 1000);
    await this.revoked.revoke({ tenant: tenant ?? OF_OPERATOR, jti }, expiresAt);
    if (tenant !== undefined && clientId !== undefined) {
      // Last: once this is stored, the token is refused, and until then the caller is told that it failed.
      await this.clients.change(tenant, clientId, (current) => withRevokedUntil(current, expiresAt));
      this.remembered.forget(clientId);
    }
    this.log.log({ tenant, client: clientId }, 'a service token was revoked');
  }
}
