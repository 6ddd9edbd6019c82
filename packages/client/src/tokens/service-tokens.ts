import type { ServiceTokenDto } from '../generated/index.js';
import { type Bearer, type HeldToken, jsonOf, type Transport } from '../transport.js';

export interface ServiceCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Fewer scopes than the client has. */
  readonly scope?: string;
}

const EARLY_MS = 15_000;

/** The token of a backend, by client credentials (RFC 6749 section 4.4). Never use it in a browser. */
export class ServiceTokens implements Bearer {
  private kept: { readonly access: string; readonly expiresAt: number } | undefined;
  private underWay: Promise<string> | undefined;

  constructor(
    private readonly transport: Transport,
    private readonly credentials: ServiceCredentials,
  ) {}

  async token(refused?: string): Promise<string> {
    const { kept } = this;
    if (kept && kept.access !== refused && kept.expiresAt - EARLY_MS > Date.now()) return kept.access;
    this.underWay ??= this.asked().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  async held(): Promise<HeldToken> {
    return { token: await this.token(), owner: this.credentials.clientId };
  }

  /** Gives the token back, if there is one (RFC 7009). The next request asks for a new one. */
  async revoke(): Promise<void> {
    const token = this.kept?.access;
    this.kept = undefined;
    if (token === undefined) return;
    const { clientId, clientSecret } = this.credentials;
    const form = { client_id: clientId, client_secret: clientSecret, token };
    await this.transport.send('POST', '/oauth/revoke', { form });
  }

  private async asked(): Promise<string> {
    const { clientId, clientSecret, scope } = this.credentials;
    const form = {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      ...(scope !== undefined && { scope }),
    };
    const { access_token: access, expires_in } = await jsonOf<ServiceTokenDto>(
      await this.transport.send('POST', '/oauth/token', { form }),
    );
    this.kept = { access, expiresAt: Date.now() + expires_in * 1000 };
    return access;
  }
}
