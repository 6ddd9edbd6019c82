import type { Tokens } from '../../reliability/support/oracle.js';

/** A read, and how the version that wrote the store answered it. */
export interface Asked {
  readonly path: string;
  readonly token?: string | undefined;
  readonly cookie?: string | undefined;
  readonly status: number;
  readonly body: unknown;
}

export type Shopper = Tokens & { readonly session: string };

/** What the clients of a version were told, beside the store that it left. */
export interface Told {
  /** When the service was stopped. It lies ahead of all clocks, so that MongoDB deletes nothing when a test loads it. */
  readonly at: string;
  readonly format: number;
  readonly asked: readonly Asked[];
  readonly shopper: Shopper & { readonly cartId: string };
  readonly customer: Shopper & { readonly cartId: string };
  /** She has an account of her own, and is logged in nowhere. */
  readonly account: { readonly email: string; readonly password: string; readonly cartId: string };
  readonly ended: Shopper;
  readonly sessions: readonly string[];
}

export const FIXTURES = 'test/moving/fixtures';
