import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type AccessClaims, ClientGate } from '../auth/index.js';
import { Clock } from '../shared/clock.js';
import { Unauthenticated } from '../shared/domain-error.js';
import { ClientRepository } from './client.repository.js';
import type { Client } from './client.types.js';

/** So long may the tokens of a client still be taken after another instance has removed or changed it. */
const REMEMBERED_MS = 5_000;

const REMEMBERED_CLIENTS = 10_000;

interface Remembered {
  /** undefined: there is none of this id. */
  readonly client: Client | undefined;
  readonly readAt: number;
}

/** What every request asks of the client of its token, without a read of the store for each. */
@Injectable()
export class RememberedClients extends ClientGate {
  private readonly remembered = new LRUCache<string, Remembered>({ max: REMEMBERED_CLIENTS });

  constructor(
    private readonly clients: ClientRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async admit(claims: AccessClaims): Promise<readonly string[]> {
    const client = await this.find(claims.client_id);
    if (!client?.enabled || client.tenant !== claims.tenant) throw new Unauthenticated();
    if (claims.token_use === 'service' && claims.epoch !== client.epoch) throw new Unauthenticated();
    return client.scopes;
  }

  /** What this instance has changed is known here at once. */
  forget(clientId: string): void {
    this.remembered.delete(clientId);
  }

  private async find(clientId: string): Promise<Client | undefined> {
    const known = this.remembered.get(clientId);
    const now = this.clock.now().getTime();
    if (known && now - known.readAt < REMEMBERED_MS) return known.client;
    const client = await this.clients.find(clientId);
    this.remembered.set(clientId, { client, readAt: now });
    return client;
  }
}
