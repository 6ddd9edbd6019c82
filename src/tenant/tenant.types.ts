/** What a tenant can set for itself; what it leaves out comes from the configuration. */
export interface TenantSettings {
  /** How long an anonymous session is alive after its login or a refresh (behaviour E-02). */
  readonly anonymousLifetimeSeconds?: number;
  /** How long after that a refresh can wake it; 0 ends it with its lifetime (behaviour D-02). */
  readonly anonymousDormantSeconds?: number;
}

export interface Tenant {
  readonly name: string;
  readonly settings: TenantSettings;
}
