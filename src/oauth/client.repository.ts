import type { Listed, Listing } from '../shared/filter/filter.types.js';
import type { Client } from './client.types.js';

/** Stores clients. An adapter must pass `test/contracts/client.contract.ts`. */
export abstract class ClientRepository {
  abstract find(clientId: string): Promise<Client | undefined>;

  abstract list(tenant: string, listing: Listing): Promise<Listed<Client>>;

  /** @returns false if a client of any tenant has the id; nothing was written */
  abstract create(client: Client): Promise<boolean>;

  /**
   * Reads and writes one client in one atomic step. `decide` must be pure, because it runs again if another writer was
   * faster. If it throws, nothing is written and the error is passed on. Id and tenant never change.
   * @returns what was written, or undefined if the tenant has no such client
   */
  abstract change(
    tenant: string,
    clientId: string,
    decide: (current: Client) => Client,
  ): Promise<Client | undefined>;

  /** @returns false if the tenant has no such client */
  abstract remove(tenant: string, clientId: string): Promise<boolean>;
}
