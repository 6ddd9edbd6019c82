import { z } from 'zod';
import { HttpRefusal } from '../refusal.js';
import type { UpstreamClient } from './upstream-client.js';

/** Tokens are renewed this long before they expire, so that none expires on its way. */
const MARGIN_MS = 60_000;

const answer = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  expires_in: z.number().positive(),
});

interface GuestToken {
  readonly token: string;
  /** On the monotonic clock, which never steps back. */
  readonly until: number;
}

/**
 * Anonymous tokens of Emporix itself, one for each tenant. Emporix requires one for products and categories, and this
 * service's tokens mean nothing there. Anybody can get such a token with the same public client id, so it opens nothing
 * new. All shoppers share it, so it is used only for reads: other shoppers could see what was written with it.
 */
export class GuestTokens {
  /** Promises, so that concurrent requests ask for a token only once. */
  private readonly tokens = new Map<string, Promise<GuestToken>>();

  /** @param clients id of the storefront client, by tenant */
  constructor(
    private readonly client: UpstreamClient,
    private readonly origin: string,
    private readonly clients: ReadonlyMap<string, string>,
  ) {}

  /** @returns undefined for a tenant without a client id @throws HttpRefusal with 502 or 504 */
  async tokenFor(tenant: string): Promise<string | undefined> {
    const clientId = this.clients.get(tenant);
    if (clientId === undefined) return undefined;
    const known = await this.tokens.get(tenant);
    if (known && known.until > performance.now()) return known.token;
    const asked = this.ask(tenant, clientId);
    this.tokens.set(tenant, asked);
    // After a failure, the next request tries again.
    asked.catch(() => this.forget(tenant));
    return (await asked).token;
  }

  /** Drops a token that was not accepted. */
  forget(tenant: string): void {
    this.tokens.delete(tenant);
  }

  private async ask(tenant: string, clientId: string): Promise<GuestToken> {
    const query = new URLSearchParams({ tenant, client_id: clientId });
    const { statusCode, body } = await this.client.send({
      origin: this.origin,
      method: 'GET',
      path: `/customerlogin/auth/anonymous/login?${query}`,
      headers: { accept: 'application/json' },
      body: undefined,
    });
    const parsed = answer.safeParse(await body.json().catch(() => undefined));
    if (statusCode !== 200 || !parsed.success) {
      throw new HttpRefusal(
        502,
        `Emporix issued no anonymous token for tenant ${tenant} (setting UPSTREAM_EMPORIX_CLIENTS)`,
      );
    }
    const { access_token: token, expires_in: seconds } = parsed.data;
    return { token, until: performance.now() + Math.max(seconds * 1000 - MARGIN_MS, 0) };
  }
}
