import type { AppFailureKind } from './remote-app.errors.js';

/** Where failed calls are counted. */
export abstract class AppFailures {
  abstract count(app: string, kind: AppFailureKind): void;
}
