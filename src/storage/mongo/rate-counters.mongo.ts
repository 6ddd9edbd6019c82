import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import { RateCounters } from '../../rate-limit/rate-counters.repository.js';
import type { Counted, RateRule } from '../../rate-limit/rate-limit.types.js';
import type { MongoLink } from './link/mongo-link.js';

const COLLECTION = 'rate_counters';

/** Losing a count in an election does no harm, so no login waits for a second member to have it. */
const LENIENT = {
  writeConcern: { w: 1 },
  readConcern: { level: 'local' },
  readPreference: 'primary',
} as const;

/**
 * Counters for any number of processes. Each process remembers until when a key has used up its points, and refuses it
 * without asking MongoDB, so a flood that is refused costs MongoDB nothing.
 */
export class MongoRateCounters extends RateCounters {
  private readonly limiters = new Map<string, RateLimiterMongo>();

  constructor(private readonly link: MongoLink) {
    super();
  }

  override async consume(key: string, rule: RateRule): Promise<Counted & { used: number }> {
    let { allowed, counter } = await this.take(key, rule);
    if (endsTooLate(counter, rule)) {
      await this.forgive(key, rule);
      ({ allowed, counter } = await this.take(key, rule));
    }
    const used = counter.consumedPoints;
    return { used, ...counted(rule, used, counter.msBeforeNext), ...(!allowed && { remaining: 0 }), allowed };
  }

  override async look(key: string, rule: RateRule): Promise<Counted> {
    const found = await this.link.run(() => this.limiterFor(rule).get(rowKey(key, rule)));
    if (!found || endsTooLate(found, rule)) return counted(rule, 0, 0);
    return counted(rule, found.consumedPoints, found.msBeforeNext);
  }

  /** A reward for a row that is not there would make one, with a point too many. An empty row counts nothing. */
  override async giveBack(key: string, rule: RateRule): Promise<void> {
    const row = rowKey(key, rule);
    await this.link.run(async () => {
      const limiter = this.limiterFor(rule);
      if (!(await limiter.get(row))) return;
      const { consumedPoints } = await limiter.reward(row);
      if (consumedPoints <= 0) await this.rows()?.deleteOne({ key: row, points: { $lte: 0 } });
    });
  }

  override async forgive(key: string, rule: RateRule): Promise<void> {
    await this.link.run(() => this.limiterFor(rule).delete(rowKey(key, rule)));
  }

  private rows() {
    return this.link.connection.db?.collection(COLLECTION, LENIENT);
  }

  private take(key: string, rule: RateRule): Promise<{ allowed: boolean; counter: RateLimiterRes }> {
    return this.link.run(() => taken(this.limiterFor(rule), rowKey(key, rule)));
  }

  /** Not before the connection is there, as its database is not either. There are a few dozen at most. */
  private limiterFor({ name, points, windowSeconds, forgivable }: RateRule): RateLimiterMongo {
    const id = JSON.stringify([name, points, windowSeconds]);
    const known = this.limiters.get(id);
    if (known) return known;
    const limiter = new RateLimiterMongo({
      storeClient: { collection: () => this.rows() },
      tableName: COLLECTION,
      keyPrefix: '',
      points,
      duration: windowSeconds,
      disableIndexesCreation: true,
      ...(!forgivable && { inMemoryBlockOnConsumed: points }),
    });
    this.limiters.set(id, limiter);
    return limiter;
  }
}

/** The key comes first, and is a hash, so that a shard key of it spreads the rows. */
const rowKey = (key: string, { name }: RateRule): string => `${key}/${name}`;

/** The library rejects with a counter, unless something failed. */
async function taken(
  limiter: RateLimiterMongo,
  key: string,
): Promise<{ allowed: boolean; counter: RateLimiterRes }> {
  try {
    return { allowed: true, counter: await limiter.consume(key) };
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return { allowed: false, counter: refusal };
    throw refusal;
  }
}

/** The clocks of two instances may differ by this much. */
const CLOCKS_DIFFER_SECONDS = 5;

const longestOf = ({ windowSeconds, longestWindowSeconds = windowSeconds }: RateRule): number =>
  longestWindowSeconds;

/** It began by a clock that was ahead, and has been set back since: it would last as much longer. */
const endsTooLate = ({ msBeforeNext }: RateLimiterRes, rule: RateRule): boolean =>
  msBeforeNext > (longestOf(rule) + CLOCKS_DIFFER_SECONDS) * 1000;

const counted = (rule: RateRule, used: number, msBeforeNext: number): Counted => ({
  allowed: used < rule.points,
  remaining: Math.max(0, rule.points - used),
  resetSeconds: Math.min(Math.ceil(msBeforeNext / 1000), longestOf(rule)),
});
