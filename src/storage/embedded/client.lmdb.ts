import { ClientRepository } from '../../oauth/client.repository.js';
import type { Client } from '../../oauth/client.types.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { Table } from './store/table.js';
import { listTable } from './store/listing.js';

export class LmdbClientRepository extends ClientRepository {
  private readonly clients: Table<Client>;
  /** A client's id alone names its tenant (C-03). */
  private readonly tenants: Table<string>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.clients = store.table('tenant-clients');
    this.tenants = store.table('tenants-of-clients', 'row');
  }

  override async find(clientId: string): Promise<Client | undefined> {
    const tenant = this.tenants.get([clientId]);
    return tenant === undefined ? undefined : this.clients.get([tenant, clientId]);
  }

  override list(tenant: string, listing: Listing): Promise<Listed<Client>> {
    return listTable(this.clients, tenant, listing, ({ clientId }) => clientId);
  }

  override create(client: Client): Promise<boolean> {
    const { tenant, clientId } = client;
    return this.store.write(() => {
      if (this.tenants.get([clientId]) !== undefined) return false;
      this.clients.put([tenant, clientId], client);
      this.tenants.put([clientId], tenant);
      return true;
    });
  }

  override change(
    tenant: string,
    clientId: string,
    decide: (current: Client) => Client,
  ): Promise<Client | undefined> {
    return this.store.write(() => {
      const current = this.clients.get([tenant, clientId]);
      if (!current) return undefined;
      const next = decide(current);
      if (next !== current) this.clients.put([tenant, clientId], next);
      return next;
    });
  }

  override remove(tenant: string, clientId: string): Promise<boolean> {
    return this.store.write(() => {
      if (!this.clients.remove([tenant, clientId])) return false;
      return this.tenants.remove([clientId]);
    });
  }
}
