import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type AdmittedClient, ClientGate, type TokenClient } from '../auth/index.js';
import { Clock } from '../shared/clock.js';
import { Unauthenticated } from '../shared/domain-error.js';
import { TenantRepository } from '../tenant/index.js';
import { ClientRepository } from './client.repository.js';
import type { Client } from './client.types.js';
import { OF_OPERATOR, RevokedTokens } from './revocation/revoked-tokens.js';

/** How long a client's tokens may still be accepted after another instance has removed or changed it. */
const REMEMBERED_MS = 5_000;

const REMEMBERED_CLIENTS = 10_000;

/** The absence of a client is remembered as well. */
interface Found {
  readonly client: Client | undefined;
}

/** Answers what every request asks about the client of its token, without reading the store each time. */
@Injectable()
export class RememberedClients extends ClientGate {
  private readonly remembered: LRUCache<string, Found>;

  constructor(
    private readonly clients: ClientRepository,
    private readonly tenants: TenantRepository,
    private readonly revoked: RevokedTokens,
    private readonly clock: Clock,
  ) {
    super();
    this.remembered = new LRUCache({
      max: REMEMBERED_CLIENTS,
      // `ttl` counts an entry of exactly this age as fresh, so one less.
      ttl: REMEMBERED_MS - 1,
      ttlResolution: 0,
      // A change deletes the entry. Requests that are waiting for it get what was read, but it is not remembered.
      ignoreFetchAbort: true,
      perf: { now: () => clock.monotonic() },
      fetchMethod: async (clientId) => ({ client: await this.fresh(clientId) }),
    });
  }

  override async authorize({ clientId, tenant, epoch, jti }: TokenClient): Promise<AdmittedClient> {
    const client = await this.find(clientId);
    const ended = epoch !== undefined && epoch !== client?.epoch;
    if (!client?.enabled || client.tenant !== tenant || ended) throw new Unauthenticated();
    const mayBeRevoked = jti !== undefined && hasRevoked(client, this.clock.now());
    if (mayBeRevoked && (await this.revoked.isRevoked({ tenant, jti }))) throw new Unauthenticated();
    return client;
  }

  override async authorizeOperator(jti: string): Promise<void> {
    if (await this.revoked.isRevoked({ tenant: OF_OPERATOR, jti })) throw new Unauthenticated();
  }

  /** @returns the client as it was at most five seconds ago */
  async find(clientId: string): Promise<Client | undefined> {
    return (await this.remembered.fetch(clientId))?.client;
  }

  /** @returns the client as it is now. One whose tenant is switched off counts as switched off. */
  async fresh(clientId: string): Promise<Client | undefined> {
    const client = await this.clients.find(clientId);
    const isOff = client && (await this.tenants.find(client.tenant))?.enabled === false;
    return isOff ? { ...client, enabled: false } : client;
  }

  /** Makes a change of a tenant take effect here at once. */
  forgetAll(): void {
    this.remembered.clear();
  }

  /** Makes this instance's own change take effect here at once. */
  forget(clientId: string): void {
    this.remembered.delete(clientId);
  }
}

/** Tells whether tokens of the client were revoked that have not expired yet. */
const hasRevoked = ({ revokedUntil }: Client, now: Date): boolean =>
  revokedUntil !== undefined && revokedUntil > now;
