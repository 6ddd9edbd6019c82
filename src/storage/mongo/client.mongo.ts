import { ClientRepository } from '../../oauth/client.repository.js';
import type { Client } from '../../oauth/client.types.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';
import type { MongoLink } from './link/mongo-link.js';
import { CoalescingWriter } from './rows/coalescing-writer.js';
import { listRows } from './rows/listing.js';
import { type Codec, type RecordRow, Records } from './rows/records.js';
import { Rows } from './rows/rows.js';

interface ClientRow extends RecordRow, Client {}

/** A client's id is unique over all tenants (C-03): it alone is the `_id`. */
const codec: Codec<Client, ClientRow> = {
  idOf: ({ clientId }) => clientId,
  toRow: (client) => client,
  fromRow: ({ _id, rev: _rev, ...client }) => client,
};

export class MongoClientRepository extends ClientRepository {
  private readonly clients: Records<Client, ClientRow>;
  private readonly writer: CoalescingWriter<Client>;

  constructor(link: MongoLink) {
    super();
    this.clients = new Records(new Rows<ClientRow>(link, 'clients'), codec);
    this.writer = new CoalescingWriter(this.clients);
  }

  override find(clientId: string): Promise<Client | undefined> {
    return this.clients.find(clientId);
  }

  override async list(tenant: string, listing: Listing): Promise<Listed<Client>> {
    const { rows, ...total } = await listRows(this.clients.rows, tenant, listing);
    return { rows: rows.map(codec.fromRow), ...total };
  }

  override create(client: Client): Promise<boolean> {
    return this.clients.insert(client);
  }

  override change(
    tenant: string,
    clientId: string,
    decide: (current: Client) => Client,
  ): Promise<Client | undefined> {
    return this.writer.change(clientId, (current) => {
      if (current?.tenant !== tenant) return { next: current, result: undefined };
      const next = decide(current);
      return { next, result: next };
    });
  }

  override remove(tenant: string, clientId: string): Promise<boolean> {
    return this.clients.rows.remove({ _id: clientId, tenant });
  }
}
