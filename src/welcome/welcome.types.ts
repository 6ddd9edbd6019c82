import type { DemoClient } from '../bootstrap/demo-clients.js';

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
  /** Whether the guide, which is part of the documentation, is built. */
  readonly hasGuide: boolean;
  /** Whether `/console` is served at this address. */
  readonly hasConsole: boolean;
  readonly demoClients: readonly DemoClient[];
}
