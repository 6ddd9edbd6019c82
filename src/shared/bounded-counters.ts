import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

/**
 * Points by key, each in a fixed window, in the memory of this process. The library's counters know no bound: here the
 * key that was used longest ago is removed for a new one.
 */
export class BoundedCounters {
  /** Points and window come with each call. */
  private readonly limiter = new RateLimiterMemory({ points: 1, duration: 1 });
  private readonly keys: LRUCache<string, true>;

  constructor(maxKeys: number) {
    const dispose = (_: true, key: string) => void this.limiter.delete(key);
    this.keys = new LRUCache({ max: maxKeys, dispose });
  }

  take(key: string, points: number, windowSeconds: number): Promise<RateLimiterRes> {
    this.keys.set(key, true);
    return this.limiter.penalty(key, points, { customDuration: windowSeconds });
  }

  /** One whose window has ended stays until its timer runs. */
  async find(key: string): Promise<RateLimiterRes | undefined> {
    const found = await this.limiter.get(key);
    return found && found.msBeforeNext > 0 ? found : undefined;
  }

  async giveBack(key: string, windowSeconds: number): Promise<void> {
    if (await this.find(key)) await this.limiter.reward(key, 1, { customDuration: windowSeconds });
  }

  async remove(key: string): Promise<void> {
    this.keys.delete(key);
  }
}
