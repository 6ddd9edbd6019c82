import { NotSignedIn } from '../errors.js';
import type { AnonymousTokenDto, CustomerTokenDto, RefreshedCustomerTokenDto } from '../generated/index.js';
import type { TokenStorage } from '../storage/storage.js';
import { type Bearer, type HeldToken, jsonOf, type Query, type Transport } from '../transport.js';

export interface Shop {
  readonly tenant: string;
  /** A public client, such as `acme-storefront`. */
  readonly clientId: string;
  /** First values of a new session: site, currency, country, language. */
  readonly initial?: Query;
}

interface Kept {
  readonly kind: 'anonymous' | 'customer';
  readonly sessionId: string;
  readonly access: string;
  readonly refresh?: string;
  /** For tenants that show carts to their own services. */
  readonly saas?: string;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly expiresAt: number;
}

/** Renewed this long before it expires, because a request takes time. */
const EARLY_MS = 15_000;

type AnyTokens = AnonymousTokenDto | CustomerTokenDto | RefreshedCustomerTokenDto;

/**
 * Keeps the tokens of one shopper: begins an anonymous session when there is none, renews the tokens before they expire,
 * and exchanges them at login. However many requests need a token at once, one renewal is sent.
 */
export class ShopperTokens implements Bearer {
  private underWay: Promise<Kept> | undefined;

  constructor(
    private readonly transport: Transport,
    private readonly shop: Shop,
    private readonly storage: TokenStorage,
    /** Called when a session has ended and the next one is anonymous and new. */
    private readonly onEnded: () => void = () => undefined,
  ) {}

  async token(refused?: string): Promise<string> {
    return (await this.current(refused)).access;
  }

  async held(): Promise<HeldToken | undefined> {
    const kept = await this.read();
    return kept && { token: kept.access, owner: kept.sessionId };
  }

  async sessionId(): Promise<string> {
    return (await this.current()).sessionId;
  }

  async kind(): Promise<Kept['kind']> {
    return (await this.current()).kind;
  }

  /** @returns undefined for a guest */
  async saasToken(): Promise<string | undefined> {
    return (await this.current()).saas;
  }

  /** The session of the guest becomes the customer's. @throws NotSignedIn if the two do not belong together */
  async logIn(email: string, password: string): Promise<void> {
    const { tenant } = this.shop;
    const response = await this.transport.sendAs(this, 'POST', `/customer/${tenant}/login`, {
      body: { email, password },
    });
    await this.keep('customer', await jsonOf<CustomerTokenDto>(response));
  }

  /** Ends the session. The next request begins a new anonymous one. */
  async logOut(): Promise<void> {
    const kept = await this.read();
    await this.storage.remove();
    if (kept?.kind !== 'customer') return;
    const options = {
      query: { accessToken: kept.access },
      headers: { authorization: `Bearer ${kept.access}` },
    };
    await this.transport
      .send('GET', `/customer/${this.shop.tenant}/logout`, options)
      .catch((error: unknown) => {
        if (!(error instanceof NotSignedIn)) throw error;
      });
  }

  /** Ends the session of a guest or a customer (RFC 7009). The next request begins a new anonymous one. */
  async revoke(): Promise<void> {
    const kept = await this.read();
    await this.storage.remove();
    if (!kept) return;
    const form = { client_id: this.shop.clientId, token: kept.refresh ?? kept.access };
    await this.transport.send('POST', '/oauth/revoke', { form });
  }

  /** Replaces the session, if there is one, by that of a handover link. */
  async redeem(token: string): Promise<void> {
    const { tenant, clientId } = this.shop;
    const response = await this.transport.send('POST', `/session-context/${tenant}/handover/redeem`, {
      body: { token, client_id: clientId },
    });
    await this.keep('anonymous', await jsonOf<AnonymousTokenDto>(response));
  }

  private async current(refused?: string): Promise<Kept> {
    if (this.underWay) return this.underWay;
    const kept = await this.read();
    if (kept && isGood(kept, refused)) return kept;
    this.underWay ??= this.exclusively(refused).finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  private exclusively(refused: string | undefined): Promise<Kept> {
    const act = async (): Promise<Kept> => {
      // Another tab may have renewed them meanwhile.
      const kept = await this.read();
      return kept && isGood(kept, refused) ? kept : this.renewed(kept);
    };
    return this.storage.exclusively ? this.storage.exclusively(act) : act();
  }

  private async renewed(kept: Kept | undefined): Promise<Kept> {
    if (kept?.refresh !== undefined) {
      try {
        return await this.refreshed(kept, kept.refresh);
      } catch (error) {
        if (!(error instanceof NotSignedIn)) throw error;
        this.onEnded();
      }
    }
    return this.keep('anonymous', await this.anonymous('login', this.shop.initial));
  }

  private async refreshed({ kind, saas, access, expiresAt }: Kept, refresh: string): Promise<Kept> {
    if (kind === 'anonymous')
      return this.keep(kind, await this.anonymous('refresh', { refresh_token: refresh }));
    // The route asks for any token of the storefront in time, beside the refresh token.
    const beside = expiresAt > Date.now() ? access : (await this.anonymous('login')).access_token;
    const response = await this.transport.send('GET', `/customer/${this.shop.tenant}/refreshauthtoken`, {
      query: { refreshToken: refresh },
      headers: { authorization: `Bearer ${beside}` },
    });
    return this.keep(kind, await jsonOf<RefreshedCustomerTokenDto>(response), saas);
  }

  private async anonymous(act: 'login' | 'refresh', query: Query = {}): Promise<AnonymousTokenDto> {
    const { tenant, clientId } = this.shop;
    return jsonOf(
      await this.transport.send('GET', `/customerlogin/auth/anonymous/${act}`, {
        query: { ...query, tenant, client_id: clientId },
      }),
    );
  }

  private async keep(kind: Kept['kind'], tokens: AnyTokens, saas?: string): Promise<Kept> {
    const known = 'saas_token' in tokens ? tokens.saas_token : saas;
    const kept: Kept = {
      kind,
      sessionId: 'sessionId' in tokens ? tokens.sessionId : tokens.session_id,
      access: tokens.access_token,
      ...(tokens.refresh_token !== undefined && { refresh: tokens.refresh_token }),
      ...(known !== undefined && { saas: known }),
      expiresAt: Date.now() + tokens.expires_in * 1000,
    };
    await this.storage.write(JSON.stringify(kept));
    return kept;
  }

  private async read(): Promise<Kept | undefined> {
    const text = await this.storage.read();
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as Kept;
    } catch {
      return undefined;
    }
  }
}

const isGood = ({ access, expiresAt }: Kept, refused: string | undefined): boolean =>
  access !== refused && expiresAt - EARLY_MS > Date.now();
