/** So many points in a fixed window, which begins with the first of them. */
export interface RateRule {
  /** Keeps the counters of one rule apart from those of another. */
  readonly name: string;
  readonly points: number;
  readonly windowSeconds: number;
  /** Where rules of one name have different windows: the longest of them. */
  readonly longestWindowSeconds?: number;
  /** Its points can be given back or forgiven, by any instance: so no instance may remember that they were used up. */
  readonly forgivable?: true;
}

export interface Counted {
  /** Whether this point was within the rule. */
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the window ends, a begun second as a whole; 0 when none has begun. */
  readonly resetSeconds: number;
}

/** Who sends the request: what it says it is, and where it comes from. */
export interface LimitedCaller {
  /** e.g. a client id, or a tenant and an e-mail */
  readonly subject: readonly string[];
  readonly address: string;
}

/** What a caller is told of a rule. */
export interface Quota {
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}
