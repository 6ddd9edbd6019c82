import { z } from 'zod';
import { BoundedCounters } from '../../shared/bounded-counters.js';
import { HttpRefusal } from '../refusal.js';
import type { UpstreamClient } from './upstream-client.js';

/** Tokens are renewed this long before they expire, so that none expires on its way. */
const MARGIN_MS = 60_000;

/**
 * How many tokens of a tenant are dropped in a minute, because Emporix did not accept them. It may also refuse a path to
 * all guests, and anybody may ask for that path.
 */
const MOST_DROPPED = 5;
const MINUTE = 60;

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
  private readonly dropped: BoundedCounters;

  /** @param clients id of the storefront client, by tenant */
  constructor(
    private readonly client: UpstreamClient,
    private readonly origin: string,
    private readonly clients: ReadonlyMap<string, string>,
  ) {
    this.dropped = new BoundedCounters(Math.max(clients.size, 1));
  }

  /** @returns undefined for a tenant without a client id @throws HttpRefusal with 502 or 504 */
  async tokenFor(tenant: string): Promise<string | undefined> {
    const clientId = this.clients.get(tenant);
    if (clientId === undefined) return undefined;
    const known = await this.tokens.get(tenant);
    if (known && known.until > performance.now()) return known.token;
    const asked = this.ask(tenant, clientId);
    this.tokens.set(tenant, asked);
    // After a failure, the next request tries again.
    asked.catch(() => this.tokens.delete(tenant));
    return (await asked).token;
  }

  /**
   * Drops the token if Emporix did not accept it. Nothing is dropped for another token, which the caller brought or which
   * was replaced meanwhile.
   */
  async refused(tenant: string, token: string): Promise<void> {
    const asked = this.tokens.get(tenant);
    const known = await asked?.catch(() => undefined);
    if (known?.token !== token || this.tokens.get(tenant) !== asked) return;
    if (this.dropped.take(tenant, 1, MINUTE).consumedPoints <= MOST_DROPPED) this.tokens.delete(tenant);
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
