import type { Config } from '../../config/config.schema.js';
import type { Cookies } from '../../http/cookies.js';
import type { SessionKey } from '../../session/index.js';
import type { VtexTenantSettings } from '../../tenant/index.js';

/** What names the caller's session, and why it may open it. */
export type SessionClaim =
  /** An access token, which was judged already. The tokens of its grant outlive a login in the session. */
  | { readonly by: 'bearer'; readonly key: SessionKey; readonly grant: string | undefined }
  /** A `vtex_session` token of this epoch of its session. */
  | { readonly by: 'session-token'; readonly key: SessionKey; readonly epoch: string };

/** Who calls this dialect, and in which session. */
export interface VtexCaller {
  readonly tenant: string;
  /** The sessions that the request names; the first that it may open is its own (F-23). */
  readonly claims: readonly SessionClaim[];
  readonly cookies: Cookies;
  /** The name of the cookie that holds a session token. */
  readonly sessionCookie: Config['VTEX_SESSION_COOKIE'];
  /** Whether its cookies must travel over TLS only. */
  readonly secureCookies: boolean;
  /** A browser sends all cookies that it has; a call with a token in its path comes from a server. */
  readonly isBrowser: boolean;
  /** Over TLS or from this machine: who the shopper is may be told (D-21). */
  readonly isPrivate: boolean;
  /** IP address; a proxy's, unless it is trusted. */
  readonly address: string;
  readonly settings: VtexTenantSettings;
}
