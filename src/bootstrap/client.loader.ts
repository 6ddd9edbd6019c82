import { Injectable } from '@nestjs/common';
import type { WrongConfiguration } from '../config/config.schema.js';
import { type Client, ClientRepository, secretFits } from '../oauth/index.js';
import { Clock } from '../shared/clock.js';
import type { DeclaredTenant } from './bootstrap.schema.js';
import { toClient } from './declared-records.js';
import { absent, differing, kept, made, type Outcome } from './outcome.rules.js';
import { refusedAt } from './placed.js';

type DeclaredClient = DeclaredTenant['clients'][number];

@Injectable()
export class ClientLoader {
  constructor(
    private readonly clients: ClientRepository,
    private readonly clock: Clock,
  ) {}

  async load(tenant: string, declared: DeclaredClient, place: string): Promise<Outcome> {
    const now = this.clock.now();
    const { kind, email, scopes, ...client } = toClient(tenant, declared, now);
    if (await this.clients.create({ ...client, kind, scopes, ...(email !== undefined && { email }) }))
      return made(place);
    const stored = await this.clients.find(declared.clientId);
    if (!stored) return absent(place);
    if (stored.tenant !== tenant) throw othersClient(stored, place);
    const fits = declared.kind !== 'backend' || secretFits(declared.secret, goodHashes(stored, now));
    return kept(place, [...differing({ kind, email, scopes }, stored), ...(fits ? [] : ['secret'])]);
  }

  /**
   * Checks a client before anything is loaded, so that a file that is refused leaves nothing behind.
   * @throws WrongConfiguration - another tenant has a client with this id
   */
  async refuseOthers(tenant: string, { clientId }: DeclaredClient, place: string): Promise<void> {
    const stored = await this.clients.find(clientId);
    if (stored && stored.tenant !== tenant) throw othersClient(stored, place);
  }
}

const othersClient = ({ clientId, tenant }: Client, place: string): WrongConfiguration =>
  refusedAt(
    `${place}.clientId`,
    `'${clientId}' is a client of tenant ${tenant} in the store. Choose another id: a client id belongs to one tenant`,
  );

const goodHashes = ({ secrets }: Client, now: Date): readonly string[] =>
  secrets.filter(({ endsAt }) => endsAt === undefined || endsAt > now).map(({ hash }) => hash);
