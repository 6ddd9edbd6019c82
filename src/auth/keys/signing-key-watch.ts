export type KeyChange = 'rotate' | 'drop' | 'reencrypt';

/** The operator's request for a change of the signing keys. */
export interface KeyChangeRequest {
  readonly requestId: string;
  /** The reason, as the operator typed it. */
  readonly reason?: string;
  /** Of the caller, shortened. */
  readonly network?: string;
}

/**
 * Port that is notified of changes to the signing keys, on the instance that made them. Features implement it, because
 * `auth/` must not import them.
 */
export abstract class SigningKeyWatch {
  /**
   * @param kid of the new key, or of the one that was dropped or encrypted again
   * @param request absent when the service changes the keys by itself
   */
  abstract changed(change: KeyChange, kid: string, request?: KeyChangeRequest): Promise<void>;
}
