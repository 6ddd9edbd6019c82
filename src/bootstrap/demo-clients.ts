import type { Bootstrap } from './bootstrap.schema.js';

/** A client of the demo data, whose secrets are published. */
export interface DemoClient {
  readonly tenant: string;
  readonly clientId: string;
  /** Secret of a backend. A storefront has none. */
  readonly secret?: string;
}

/** Returns nothing for declarations that are not the demo's: their secrets are not for showing. */
export const demoClientsOf = (declared: Bootstrap | undefined): readonly DemoClient[] =>
  declared?.demo
    ? declared.tenants.flatMap(({ name: tenant, clients }) =>
        clients.map((client) => ({
          tenant,
          clientId: client.clientId,
          ...(client.kind === 'backend' && client.secret !== undefined && { secret: client.secret }),
        })),
      )
    : [];
