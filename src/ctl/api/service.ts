import { z } from 'zod';
import { CommandFailure } from '../io/command-failure.js';
import { EXIT } from '../io/exit-codes.js';
import { networkReason } from '../io/network-words.js';
import { failureOf } from './answers.js';
import {
  type Addresses,
  type AddressOptions,
  addressesOf,
  type Credentials,
  OPERATOR,
} from './connection.js';

/** Milliseconds. Longer than the service's own limit for a request. */
const PATIENCE_MS = 120_000;

const issued = z.object({ access_token: z.string(), scope: z.string().default('') });

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Call {
  readonly query?: Query;
  readonly body?: unknown;
  /** For the audit log. */
  readonly reason?: string;
  readonly accept?: string;
}

/** A running service, seen by one of its clients. */
export class Service {
  private constructor(
    readonly addresses: Addresses,
    readonly clientId: string,
    private readonly token: string,
    /** The tenant of the client. Absent for the operator. */
    private readonly ownTenant: string | undefined,
  ) {}

  /** @throws CommandFailure - nobody answers, or the secret is wrong */
  static async connect(options: AddressOptions, { clientId, secret }: Credentials): Promise<Service> {
    const addresses = addressesOf(options);
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret };
    const response = await answerOf(`${addresses.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    }).catch((error: unknown) => {
      throw isRefusedClient(error)
        ? new CommandFailure(`${error.message}: ${adviceFor(clientId)}`, error.exitCode, error.details)
        : error;
    });
    const { access_token: token, scope } = issued.parse(await response.json());
    return new Service(addresses, clientId, token, /(?:^| )tenant=(\S+)/.exec(scope)?.[1]);
  }

  /** The tenant that the client belongs to. */
  get tenant(): string {
    if (this.ownTenant === undefined) throw new Error(`${this.clientId} belongs to no tenant`);
    return this.ownTenant;
  }

  /** A path of the admin API of the client's tenant. Each part is encoded. */
  path(...parts: readonly string[]): string {
    return adminPath(this.tenant, ...parts);
  }

  get = (path: string, call: Call = {}): Promise<unknown> => this.json('GET', path, call);
  post = (path: string, call: Call = {}): Promise<unknown> => this.json('POST', path, call);
  put = (path: string, call: Call = {}): Promise<unknown> => this.json('PUT', path, call);
  patch = (path: string, call: Call = {}): Promise<unknown> => this.json('PATCH', path, call);
  delete = (path: string, call: Call = {}): Promise<unknown> => this.json('DELETE', path, call);

  /** @returns the response, whose body is not read yet @throws CommandFailure */
  send(method: string, path: string, { query = {}, body, reason, accept }: Call): Promise<Response> {
    const url = new URL(`${this.addresses.adminUrl}${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return answerOf(url.href, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(accept !== undefined && { accept }),
        ...(reason !== undefined && { 'x-reason': reason }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  private async json(method: string, path: string, call: Call): Promise<unknown> {
    const response = await this.send(method, path, call);
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  }
}

const isRefusedClient = (error: unknown): error is CommandFailure =>
  error instanceof CommandFailure && error.details.status === 401;

const adviceFor = (clientId: string): string =>
  clientId === OPERATOR
    ? 'OPERATOR_SECRET must be the one that the service was started with'
    : `check ONESESSION_CLIENT_ID (${clientId}) and ONESESSION_CLIENT_SECRET, and that the client is switched on`;

/** Each part is encoded. */
export const adminPath = (...parts: readonly string[]): string =>
  `/admin/${parts.map(encodeURIComponent).join('/')}`;

/** @throws CommandFailure unless it is a success */
async function answerOf(url: string, request: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
    (cause: unknown) => {
      throw new CommandFailure(
        `No service answers at ${new URL(url).origin} (${networkReason(cause)}). Start it, or name its address by --url and --admin-url`,
        EXIT.unreachable,
      );
    },
  );
  if (!response.ok) throw await failureOf(response, url);
  return response;
}
