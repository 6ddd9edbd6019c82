import type { AppFailureKind } from './remote-app.errors.js';

/** Counts failed calls. */
export abstract class AppFailures {
  abstract count(app: string, kind: AppFailureKind): void;
}
