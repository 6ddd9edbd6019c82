import type { SessionKey } from '../../session/index.js';
import type { VtexTenantSettings } from '../../tenant/index.js';

/** Who calls this dialect, and in which session. */
export interface VtexCaller {
  readonly tenant: string;
  /** Absent for whoever has no session, or none that this service knows. */
  readonly key?: SessionKey;
  readonly cookies: ReadonlyMap<string, string>;
  /** A browser sends all cookies that it has; whoever names a token in the path is a server. */
  readonly isBrowser: boolean;
  /** Over TLS or from this very machine: who the shopper is may be told (D-21). */
  readonly isPrivate: boolean;
  /** IP address; a proxy's, unless it is trusted. */
  readonly address: string;
  readonly settings: VtexTenantSettings;
}
