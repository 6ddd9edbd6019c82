/** A client of the demo data, whose secrets are published. */
export interface DemoClient {
  readonly tenant: string;
  readonly clientId: string;
  /** Secret of a backend. A storefront has none. */
  readonly secret?: string;
}

/** What the first page shows. */
export interface Welcome {
  /** Origin as the browser reached it: `http://localhost:3000`. */
  readonly origin: string;
  /** Absent in production. */
  readonly details?: WelcomeDetails;
}

export interface WelcomeDetails {
  readonly version: string;
  readonly store: 'embedded' | 'mongo';
  /** Whether `/docs` is served. */
  readonly hasDocs: boolean;
  readonly demoClients: readonly DemoClient[];
}
