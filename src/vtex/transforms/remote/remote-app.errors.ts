/** Why a call of a tenant's app came to nothing; each is counted. */
export type AppFailureKind =
  | 'late'
  | 'unreachable'
  | 'private-address'
  | 'status'
  | 'too-large'
  | 'unreadable'
  /** It failed so often that it is left alone for a while. */
  | 'resting'
  /** Too many calls of it are under way. */
  | 'busy';

/** No refusal of the request: the app's outputs stay as they were (D-16). */
export class AppFailure extends Error {
  constructor(
    readonly kind: AppFailureKind,
    options?: ErrorOptions,
  ) {
    super(kind, options);
  }
}
