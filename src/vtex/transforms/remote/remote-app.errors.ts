/** Why a call of a tenant's app failed. Each kind is counted. */
export type AppFailureKind =
  | 'late'
  | 'unreachable'
  | 'private-address'
  | 'status'
  | 'too-large'
  | 'unreadable'
  /** The app failed so often that it is not called for a while. */
  | 'resting'
  /** Too many calls of the app are in progress. */
  | 'busy';

/** A failed call. It does not refuse the request: the app's outputs stay as they were (D-16). */
export class AppFailure extends Error {
  constructor(
    readonly kind: AppFailureKind,
    options?: ErrorOptions,
  ) {
    super(kind, options);
  }
}
