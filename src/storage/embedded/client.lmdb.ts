import { ClientRepository } from '../../oauth/client.repository.js';
import type { Client } from '../../oauth/client.types.js';
import type { EmbeddedStore, Table } from './embedded-store.js';

export class LmdbClientRepository extends ClientRepository {
  private readonly clients: Table<Client>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.clients = store.table('clients');
  }

  override async find(clientId: string): Promise<Client | undefined> {
    return this.clients.get([clientId]);
  }

  override create(client: Client): Promise<boolean> {
    return this.store.write(() => {
      if (this.clients.get([client.clientId])) return false;
      this.clients.put([client.clientId], client);
      return true;
    });
  }
}
