import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { canonicalScope, type ServicePrincipal } from '../auth/index.js';
import { TargetAddresses } from '../http/upstream/target-addresses.js';
import { Clock } from '../shared/clock.js';
import { InvalidInput } from '../shared/domain-error.js';
import type { Listed, Listing } from '../shared/filter/filter.types.js';
import { newSecret } from '../shared/ids.js';
import { hashSecret } from './client-secret.js';
import { ClientIdTaken, ClientNotFound } from './client.errors.js';
import { ClientRepository } from './client.repository.js';
import { givenKeys, type KeyChanges } from './keys/client-keys.rules.js';
import {
  changedClient,
  type ClientChanges,
  type ClientDraft,
  type Manager,
  newClient,
  refuseRemovingSelf,
  withNewSecret,
  withoutSecrets,
} from './client.rules.js';
import type { Client } from './client.types.js';
import { RememberedClients } from './remembered-clients.js';

/** A client with a secret that was just made. The secret is shown only once, because only its hash is stored. */
export interface ClientWithSecret {
  readonly client: Client;
  /** Absent for a storefront, and for a backend with keys. */
  readonly secret?: string;
}

/**
 * Manages a tenant's clients on behalf of one of them. Each change is logged with who changed which client and how, but
 * never with a secret.
 */
@Injectable()
export class ClientService {
  private readonly log = new Logger(ClientService.name);

  constructor(
    private readonly clients: ClientRepository,
    private readonly remembered: RememberedClients,
    private readonly addresses: TargetAddresses,
    private readonly clock: Clock,
  ) {}

  list(tenant: string, listing: Listing): Promise<Listed<Client>> {
    return this.clients.list(tenant, listing);
  }

  /** @throws ClientNotFound if the tenant has no such client */
  async read(tenant: string, clientId: string): Promise<Client> {
    const client = await this.clients.find(clientId);
    if (client?.tenant !== tenant) throw new ClientNotFound(clientId);
    return client;
  }

  /** @throws ClientIdTaken | InvalidInput | Forbidden */
  async create(by: ServicePrincipal, draft: ClientDraft): Promise<ClientWithSecret> {
    this.expectReachable(draft);
    const secret = draft.kind === 'backend' && !givenKeys(draft) ? newSecret() : undefined;
    const client = newClient(by.tenant, managerOf(by), draft, {
      ...this.made(),
      secretHash: secret === undefined ? undefined : hashSecret(secret),
    });
    if (!(await this.clients.create(client))) throw new ClientIdTaken(draft.clientId);
    this.changed(by, client.clientId, 'created', { kind: client.kind, scopes: client.scopes });
    return { client, ...(secret !== undefined && { secret }) };
  }

  /**
   * @param expected the version that the caller read
   * @throws ClientNotFound | VersionConflict | InvalidInput | Forbidden
   */
  async change(
    by: ServicePrincipal,
    clientId: string,
    changes: ClientChanges,
    expected: number,
  ): Promise<Client> {
    this.expectReachable(changes);
    const basis = { ...this.made(), expected };
    const client = await this.clients.change(by.tenant, clientId, (current) =>
      changedClient(current, managerOf(by), changes, basis),
    );
    if (!client) throw new ClientNotFound(clientId);
    this.changed(by, clientId, 'changed', { ...changes });
    return client;
  }

  /** @throws ClientNotFound | VersionConflict | InvalidInput | Forbidden */
  async renewSecret(
    by: ServicePrincipal,
    clientId: string,
    overlapSeconds: number,
    expected: number,
  ): Promise<Required<ClientWithSecret>> {
    const secret = newSecret();
    const basis = { ...this.made(), expected, overlapSeconds };
    const client = await this.clients.change(by.tenant, clientId, (current) =>
      withNewSecret(current, managerOf(by), hashSecret(secret), basis),
    );
    if (!client) throw new ClientNotFound(clientId);
    this.changed(by, clientId, 'given a new secret', { overlapSeconds });
    return { client, secret };
  }

  /**
   * Takes away all secrets of a client that has keys. Its tokens stay valid.
   * @throws ClientNotFound | InvalidInput
   */
  async removeSecrets(by: ServicePrincipal, clientId: string): Promise<void> {
    const now = this.clock.now();
    const client = await this.clients.change(by.tenant, clientId, (current) => withoutSecrets(current, now));
    if (!client) throw new ClientNotFound(clientId);
    this.changed(by, clientId, 'left without a secret', {});
  }

  /**
   * Removes a client. Its tokens are refused by this instance at once and by others within seconds. @throws
   * ClientNotFound | InvalidInput
   */
  async remove(by: ServicePrincipal, clientId: string): Promise<void> {
    refuseRemovingSelf(managerOf(by), clientId);
    if (!(await this.clients.remove(by.tenant, clientId))) throw new ClientNotFound(clientId);
    this.changed(by, clientId, 'removed', {});
  }

  /** Keys that somebody could exchange on the way would open everything. @throws InvalidInput */
  private expectReachable({ jwksUri }: KeyChanges): void {
    if (jwksUri === undefined || jwksUri === null) return;
    this.addresses.expectAllowed('jwksUri', jwksUri);
    if (URL.parse(jwksUri)?.protocol === 'https:' || this.addresses.anywhere) return;
    throw InvalidInput.of('jwksUri', 'must be an https address');
  }

  private made(): { readonly epoch: string; readonly now: Date } {
    return { epoch: randomUUID(), now: this.clock.now() };
  }

  private changed(
    { tenant, clientId: by }: ServicePrincipal,
    client: string,
    what: string,
    how: object,
  ): void {
    this.remembered.forget(client);
    this.log.log({ tenant, by, client, ...how }, `client ${what}`);
  }
}

const managerOf = ({ clientId, scopes }: ServicePrincipal): Manager => ({
  clientId,
  scopes: scopes.map(canonicalScope),
});
