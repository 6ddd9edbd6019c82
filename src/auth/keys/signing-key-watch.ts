export type KeyChange = 'rotate' | 'drop';

/** Learns of changes of the signing keys, on the instance that made them. auth/ is below all features that want to know. */
export abstract class SigningKeyWatch {
  /** @param kid of the new key, or of the one that was dropped */
  abstract changed(change: KeyChange, kid: string): Promise<void>;
}
