/** The answer to the first request with a key. */
export interface KeptAnswer {
  readonly status: number;
  readonly mediaType?: string;
  readonly location?: string;
  /** The body, encrypted with the key, which is not kept. */
  readonly sealedBody: string;
}

/** A key that a client has sent. */
export interface KeptKey {
  readonly tenant: string;
  /** Hash of the client and the key. */
  readonly id: string;
  /** Hash of the request. */
  readonly fingerprint: string;
  /** Random id of the request that is being processed. */
  readonly claim: string;
  /** If there is no answer by then, the request counts as lost. */
  readonly claimedUntil: Date;
  readonly answer?: KeptAnswer;
  readonly erasedAt: Date;
}
