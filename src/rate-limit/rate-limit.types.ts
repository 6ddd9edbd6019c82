/** Allows a number of points per fixed window, which begins with its first point. */
export interface RateRule {
  /** Keeps the counters of one rule apart from those of another. */
  readonly name: string;
  readonly points: number;
  readonly windowSeconds: number;
  /** The longest window, if rules with this name have different ones. */
  readonly longestWindowSeconds?: number;
  /** Set if any instance may give points back, so that no instance may cache that they are used up. */
  readonly forgivable?: true;
}

export interface Counted {
  /** Whether this point was within the limit. */
  readonly allowed: boolean;
  readonly remaining: number;
  /** Seconds until the window ends, rounded up; 0 when no window has begun. */
  readonly resetSeconds: number;
}

/** Who sends the request: what it claims to be, and where it comes from. */
export interface LimitedCaller {
  /** For example a client id, or a tenant and an e-mail address. */
  readonly subject: readonly string[];
  readonly address: string;
}

/** What a caller is told about a rule. */
export interface Quota {
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}
