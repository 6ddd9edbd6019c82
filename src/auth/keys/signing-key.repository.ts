/** One ES256 key pair. The private half is kept as a JWE that only a secret of `KEYS_SECRET` opens. */
export interface SigningKeyRecord {
  readonly kid: string;
  /** JSON of the public JWK. */
  readonly publicJwk: string;
  /** Compact JWE (PBES2) of the private JWK. */
  readonly encryptedPrivateJwk: string;
  readonly createdAt: Date;
}

/** Where signing keys are kept, so that all instances sign and verify alike. */
export abstract class SigningKeyRepository {
  /** All of them, newest first. */
  abstract list(): Promise<readonly SigningKeyRecord[]>;

  /**
   * Adds a key that follows another. Of concurrent calls for the same predecessor, one succeeds.
   * @param previous `kid` of the key that it follows; absent for the first of all
   * @returns false when there is a key that follows `previous`: nothing was added
   */
  abstract add(key: SigningKeyRecord, previous?: string): Promise<boolean>;

  /**
   * Keeps another encryption of the same private key.
   * @param from the one that was read
   * @returns false when there is no such key, or it is encrypted otherwise by now: nothing was written
   */
  abstract reencrypt(kid: string, from: string, to: string): Promise<boolean>;

  /** @returns false when there is no such key */
  abstract remove(kid: string): Promise<boolean>;
}
