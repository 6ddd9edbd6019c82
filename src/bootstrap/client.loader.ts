import { Injectable } from '@nestjs/common';
import type { WrongConfiguration } from '../config/config.schema.js';
import { type Client, ClientRepository, type KeySet, secretFits } from '../oauth/index.js';
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
    const client = toClient(tenant, declared, now);
    if (await this.clients.create(client)) return made(place);
    const stored = await this.clients.find(declared.clientId);
    if (!stored) return absent(place);
    if (stored.tenant !== tenant) throw othersClient(stored, place);
    return kept(place, differences(declared, client, stored, now));
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

/** Names the declared fields that are stored with another value. */
function differences(
  declared: DeclaredClient,
  { kind, email, scopes, jwks, jwksUri }: Client,
  stored: Client,
  now: Date,
): readonly string[] {
  const secret = declared.kind === 'backend' ? declared.secret : undefined;
  const isSameSecret = secret === undefined || secretFits(secret, goodHashes(stored, now));
  const keys = { jwks: undated(jwks), jwksUri };
  return [
    ...differing({ kind, email, scopes, ...keys }, { ...stored, jwks: undated(stored.jwks) }),
    ...(isSameSecret ? [] : ['secret']),
  ];
}

const undated = (jwks: KeySet | undefined): KeySet | undefined =>
  jwks && { keys: jwks.keys.map(({ addedAt: _when, ...key }) => key) };

const othersClient = ({ clientId, tenant }: Client, place: string): WrongConfiguration =>
  refusedAt(
    `${place}.clientId`,
    `'${clientId}' is a client of tenant ${tenant} in the store. Choose another id: a client id belongs to one tenant`,
  );

const goodHashes = ({ secrets }: Client, now: Date): readonly string[] =>
  secrets.filter(({ endsAt }) => endsAt === undefined || endsAt > now).map(({ hash }) => hash);
