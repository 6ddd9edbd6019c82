/** A sign-in link that was issued and not used yet. */
export interface ConsoleLink {
  /** SHA-256 of the code, base64url. The code itself is stored nowhere. */
  readonly hash: string;
  readonly tenant: string;
  readonly clientId: string;
  /** Epoch of the client when the link was made: a leaked secret that is replaced voids the link too. */
  readonly epoch: string;
  /** What the token may do, in canonical spelling: at most what the maker of the link could. */
  readonly scopes: readonly string[];
  readonly endsAt: Date;
  /** When the token that made the link expires. The new one lasts no longer: links can't renew each other forever. */
  readonly grantEndsAt: Date;
}
