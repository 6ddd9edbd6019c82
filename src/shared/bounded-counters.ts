import { LRUCache } from 'lru-cache';

export interface CountedPoints {
  readonly consumedPoints: number;
  readonly msBeforeNext: number;
}

interface Window {
  points: number;
  /**
   * By the monotonic clock, which nobody can set. (RateLimiterMemory of rate-limiter-flexible 11.4 uses the wall
   * clock.)
   */
  readonly endsAt: number;
}

const ticks = (): number => Math.floor(performance.now());

/**
 * Counts points by key in fixed windows, in the memory of this process. The number of keys is limited: a new key
 * replaces the one that was used longest ago.
 */
export class BoundedCounters {
  private readonly windows: LRUCache<string, Window>;

  constructor(maxKeys: number) {
    this.windows = new LRUCache({ max: maxKeys });
  }

  take(key: string, points: number, windowSeconds: number): CountedPoints {
    const window = this.open(key) ?? this.begin(key, windowSeconds);
    window.points += points;
    return countedIn(window);
  }

  find(key: string): CountedPoints | undefined {
    const window = this.open(key);
    return window && countedIn(window);
  }

  /** A window without points is forgotten: it counts nothing, but could replace one that does. */
  giveBack(key: string): void {
    const window = this.open(key);
    if (!window) return;
    window.points -= 1;
    if (window.points <= 0) this.windows.delete(key);
  }

  remove(key: string): void {
    this.windows.delete(key);
  }

  private open(key: string): Window | undefined {
    const window = this.windows.get(key);
    return window && window.endsAt > ticks() ? window : undefined;
  }

  private begin(key: string, seconds: number): Window {
    const window = { points: 0, endsAt: ticks() + seconds * 1000 };
    this.windows.set(key, window);
    return window;
  }
}

const countedIn = ({ points, endsAt }: Window): CountedPoints => ({
  consumedPoints: points,
  msBeforeNext: endsAt - ticks(),
});
