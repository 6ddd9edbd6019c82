import type { Client } from './client.types.js';

export abstract class ClientRepository {
  abstract find(clientId: string): Promise<Client | undefined>;

  /** @returns false when the id is taken, by whatever tenant: nothing was written. */
  abstract create(client: Client): Promise<boolean>;
}
