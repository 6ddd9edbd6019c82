export type KeyChange = 'rotate' | 'drop' | 'reencrypt';

/** The operator's request for a change of the signing keys. */
export interface KeyChangeRequest {
  readonly requestId: string;
  /** In the words of the operator. */
  readonly reason?: string;
  /** Of the caller, shortened. */
  readonly network?: string;
}

/** Learns of changes of the signing keys, on the instance that made them. auth/ is below all features that want to know. */
export abstract class SigningKeyWatch {
  /**
   * @param kid of the new key, or of the one that was dropped or encrypted again
   * @param request absent when the service changes the keys by itself
   */
  abstract changed(change: KeyChange, kid: string, request?: KeyChangeRequest): Promise<void>;
}
