import { ClientRepository } from '../../oauth/client.repository.js';
import type { Client } from '../../oauth/client.types.js';
import type { MongoLink } from './mongo-link.js';
import { type Row, Rows } from './rows.js';

interface ClientRow extends Row, Client {}

/** A client's id is unique over all tenants (C-03): it alone is the `_id`. */
export class MongoClientRepository extends ClientRepository {
  private readonly clients: Rows<ClientRow>;

  constructor(link: MongoLink) {
    super();
    this.clients = new Rows(link, 'clients');
  }

  override async find(clientId: string): Promise<Client | undefined> {
    const row = await this.clients.find(clientId);
    return row && withoutId(row);
  }

  override create(client: Client): Promise<boolean> {
    return this.clients.insert({ _id: client.clientId, ...client });
  }
}

const withoutId = ({ _id, ...client }: ClientRow): Client => client;
