/** What one check of `doctor` has found. */
export interface Finding {
  /** `skipped`: what it needs is not set. */
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was looked at, such as `clock`. */
  readonly check: string;
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
}

export const ok = (check: string, found: string): Finding => ({ state: 'ok', check, found });

export const skipped = (check: string, found: string): Finding => ({ state: 'skipped', check, found });

export const warning = (check: string, found: string, advice: string): Finding => ({
  state: 'warning',
  check,
  found,
  advice,
});

export const failed = (check: string, found: string, advice: string): Finding => ({
  state: 'failed',
  check,
  found,
  advice,
});

/** How long a host may take to answer, in milliseconds. */
export const PATIENCE_MS = 5_000;
