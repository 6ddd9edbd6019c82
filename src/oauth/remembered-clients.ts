import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type AdmittedClient, ClientGate, type TokenClient } from '../auth/index.js';
import { Clock } from '../shared/clock.js';
import { Unauthenticated } from '../shared/domain-error.js';
import { ClientRepository } from './client.repository.js';
import type { Client } from './client.types.js';

/** So long may the tokens of a client still be taken after another instance has removed or changed it. */
const REMEMBERED_MS = 5_000;

const REMEMBERED_CLIENTS = 10_000;

/** That there is no client of an id is worth remembering as well. */
interface Found {
  readonly client: Client | undefined;
}

/** What every request asks of the client of its token, without a read of the store for each. */
@Injectable()
export class RememberedClients extends ClientGate {
  private readonly remembered: LRUCache<string, Found>;

  constructor(clients: ClientRepository, clock: Clock) {
    super();
    this.remembered = new LRUCache({
      max: REMEMBERED_CLIENTS,
      // An entry is stale once it is older than this.
      ttl: REMEMBERED_MS - 1,
      ttlResolution: 0,
      // A change deletes the entry: those who wait for it get what was read, and it is not remembered.
      ignoreFetchAbort: true,
      perf: { now: () => clock.monotonic() },
      fetchMethod: async (clientId) => ({ client: await clients.find(clientId) }),
    });
  }

  override async authorize({ clientId, tenant, epoch }: TokenClient): Promise<AdmittedClient> {
    const client = await this.find(clientId);
    const ended = epoch !== undefined && epoch !== client?.epoch;
    if (!client?.enabled || client.tenant !== tenant || ended) throw new Unauthenticated();
    return client;
  }

  /** @returns the client as it was at most five seconds ago */
  async find(clientId: string): Promise<Client | undefined> {
    return (await this.remembered.fetch(clientId))?.client;
  }

  /** What this instance has changed is known here at once. */
  forget(clientId: string): void {
    this.remembered.delete(clientId);
  }
}
