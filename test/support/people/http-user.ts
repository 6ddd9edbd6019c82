import supertest, { type Test } from 'supertest';
import { recordSecrets } from '../records/run-records.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

const UCP_AGENT = 'profile="https://agent.example/profile"';

/** Sends requests, with or without a bearer token, and records what it sends and gets. */
export class HttpUser {
  constructor(
    protected readonly url: string,
    readonly accessToken?: string,
  ) {}

  get = (path: string): Test => this.request('get', path);
  post = (path: string, body?: unknown): Test => this.request('post', path, body);
  put = (path: string, body?: unknown): Test => this.request('put', path, body);
  patch = (path: string, body?: unknown): Test => this.request('patch', path, body);
  delete = (path: string, body?: unknown): Test => this.request('delete', path, body);

  private request(method: Method, path: string, body?: unknown): Test {
    const request = supertest(this.url)[method](path);
    if (this.accessToken !== undefined) void request.auth(this.accessToken, { type: 'bearer' });
    // Every route of the protocol asks for it.
    if (path.startsWith('/ucp/')) void request.set('ucp-agent', UCP_AGENT);
    if (body !== undefined) {
      recordSecrets(JSON.stringify(body));
      void request.send(body as object);
    }
    return request.expect((response) => recordSecrets(response.text ?? ''));
  }
}

/** The holder of a client's service token: an employee's tool or a backend. */
export class ServiceUser extends HttpUser {}

export interface CustomerTokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly saas_token: string;
  readonly session_id: string;
}

export class CustomerUser extends HttpUser {
  readonly refreshToken = this.tokens.refresh_token;
  readonly saasToken = this.tokens.saas_token;
  readonly sessionId = this.tokens.session_id;

  constructor(
    url: string,
    readonly tenant: string,
    private readonly tokens: CustomerTokens,
  ) {
    super(url, tokens.access_token);
  }

  /** Returns the customer with new tokens, obtained with the refresh token. */
  async refreshed(): Promise<CustomerUser> {
    const { body } = await this.refresh().expect(200);
    return new CustomerUser(this.url, this.tenant, { ...body, saas_token: this.saasToken });
  }

  refresh(refreshToken = this.refreshToken): Test {
    return this.get(`/customer/${this.tenant}/refreshauthtoken?refreshToken=${refreshToken}`);
  }

  logOut(): Test {
    return this.get(`/customer/${this.tenant}/logout?accessToken=${this.accessToken}`);
  }
}

export interface AnonymousTokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly sessionId: string;
}

/** An anonymous shopper. */
export class Visitor extends HttpUser {
  readonly refreshToken = this.tokens.refresh_token;
  readonly sessionId = this.tokens.sessionId;

  constructor(
    url: string,
    readonly tenant: string,
    readonly clientId: string,
    private readonly tokens: AnonymousTokens,
  ) {
    super(url, tokens.access_token);
  }

  /** Returns the same session with the tokens of the refresh. */
  async refreshed(refreshToken = this.refreshToken): Promise<Visitor> {
    const { body } = await this.refresh(refreshToken).expect(200);
    return new Visitor(this.url, this.tenant, this.clientId, body);
  }

  refresh(refreshToken = this.refreshToken): Test {
    const query = new URLSearchParams({
      tenant: this.tenant,
      client_id: this.clientId,
      refresh_token: refreshToken,
    });
    return new HttpUser(this.url).get(`/customerlogin/auth/anonymous/refresh?${query}`);
  }

  async logIn(email: string, password: string): Promise<CustomerUser> {
    const { body } = await this.post(`/customer/${this.tenant}/login`, { email, password }).expect(200);
    return new CustomerUser(this.url, this.tenant, body);
  }
}
