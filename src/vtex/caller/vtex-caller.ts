import type { Config } from '../../config/config.schema.js';
import type { Cookies } from '../../http/cookies.js';
import type { SessionKey } from '../../session/index.js';
import type { VtexTenantSettings } from '../../tenant/index.js';

/** Names a session, and the proof that the caller may open it. */
export type SessionClaim =
  /** An access token that was verified already. Tokens of its grant stay valid after a login in the session. */
  | { readonly by: 'bearer'; readonly key: SessionKey; readonly grant: string | undefined }
  /** A `vtex_session` token, issued in this epoch of its session. */
  | { readonly by: 'session-token'; readonly key: SessionKey; readonly epoch: string };

/** Who calls the VTEX dialect, and in which session. */
export interface VtexCaller {
  readonly tenant: string;
  /** The sessions that the request names. The first one that the caller may open is used (F-23). */
  readonly claims: readonly SessionClaim[];
  readonly cookies: Cookies;
  /** Name of the cookie that holds the session token. */
  readonly sessionCookie: Config['VTEX_SESSION_COOKIE'];
  /** Whether cookies must be sent over TLS only. */
  readonly secureCookies: boolean;
  /** True for a browser, which sends all its cookies. False for a server, which sends the token in the path. */
  readonly isBrowser: boolean;
  /** Whether the response may say who the shopper is: over TLS, or to this machine (D-21). */
  readonly isPrivate: boolean;
  /** IP address of the client, or of a proxy that is not trusted. */
  readonly address: string;
  readonly requestId: string;
  readonly settings: VtexTenantSettings;
}
