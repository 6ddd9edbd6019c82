/** A client that can be tried out: only of demo data, whose secrets are published. */
export interface DemoClient {
  readonly tenant: string;
  readonly clientId: string;
  /** Of a backend; a storefront has none. */
  readonly secret?: string;
}

/** What the first page tells of a running service. */
export interface Welcome {
  /** As the browser reached it: `http://localhost:3000` */
  readonly origin: string;
  /** Not told in production. */
  readonly details?: WelcomeDetails;
}

export interface WelcomeDetails {
  readonly version: string;
  readonly store: 'embedded' | 'mongo';
  /** Whether `/docs` is served. */
  readonly hasDocs: boolean;
  readonly demoClients: readonly DemoClient[];
}
