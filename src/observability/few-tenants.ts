/** Limits the number of labels, so that metrics stay small however many tenants there are. */
const MOST_TENANTS = 50;

/** The first tenants that are seen have a label each; the others share one. */
export class FewTenants {
  private readonly known = new Set<string>();

  labelOf(tenant: string): string {
    if (this.known.has(tenant)) return tenant;
    // No tenant is called that: tenant names never end with an underscore.
    if (this.known.size >= MOST_TENANTS) return 'other_';
    this.known.add(tenant);
    return tenant;
  }
}
