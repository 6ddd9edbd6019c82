import { follow, type FollowOptions, type SessionEvent } from './events.js';
import { type ServiceCredentials, ServiceTokens } from './tokens/service-tokens.js';
import { type Fetch, jsonOf, type RequestOptions, Transport } from './transport.js';

export interface BackendOptions extends ServiceCredentials {
  readonly url: string;
  readonly tenant: string;
  readonly fetch?: Fetch;
}

/** A backend or an employee's tool, with client credentials. */
export class Backend {
  readonly tokens: ServiceTokens;
  private readonly transport: Transport;
  private readonly tenant: string;

  constructor(options: BackendOptions) {
    this.tenant = options.tenant;
    this.transport = new Transport(options.url, options.fetch);
    this.tokens = new ServiceTokens(this.transport, options);
  }

  /** Calls any route with the backend's token. @returns the JSON of the response @throws OneSessionError */
  async request<T>(method: string, path: string, options?: RequestOptions): Promise<T> {
    return jsonOf(await this.transport.sendAs(this.tokens, method, path, options));
  }

  /** Gives the token back, before the process ends or when it leaked. The next request gets a new one. */
  revoke(): Promise<void> {
    return this.tokens.revoke();
  }

  /** Follows all sessions of the tenant live. @param types such as `onesession.cart.*`. Default: all */
  events(types: readonly string[] = [], options?: FollowOptions): AsyncGenerator<SessionEvent, void, void> {
    const query = types.length === 0 ? '' : `?types=${encodeURIComponent(types.join(','))}`;
    return follow(this.transport, this.tokens, `/admin/${this.tenant}/events${query}`, options);
  }
}
