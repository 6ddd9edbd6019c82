import type { Listed, Listing } from '../shared/filter/filter.types.js';
import type { Client } from './client.types.js';

/** Where clients are kept. An adapter must pass `test/contracts/client.contract.ts`. */
export abstract class ClientRepository {
  abstract find(clientId: string): Promise<Client | undefined>;

  abstract list(tenant: string, listing: Listing): Promise<Listed<Client>>;

  /** @returns false when the id is taken, by whatever tenant: nothing was written. */
  abstract create(client: Client): Promise<boolean>;

  /**
   * One atomic read and write of one client. `decide` may be called again when another writer was faster, so it must
   * be pure; what it throws is thrown here, and nothing is written. Id and tenant stay as they are.
   * @returns what was written; undefined when the tenant has no such client
   */
  abstract change(
    tenant: string,
    clientId: string,
    decide: (current: Client) => Client,
  ): Promise<Client | undefined>;

  /** @returns false when the tenant has no such client */
  abstract remove(tenant: string, clientId: string): Promise<boolean>;
}
