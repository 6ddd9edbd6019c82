import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { StoreUnavailable } from '../shared/domain-error.js';
import { Passes } from '../shared/passes.js';
import { EventFeed } from './event-feed.js';
import { EventLog } from './event-log.repository.js';

/** How often each instance polls: one query for all tenants that have readers here, and none without readers. */
const LOOK_MS = 250;

interface Watched {
  readonly wakes: Set<() => void>;
  newest?: string | undefined;
}

/** Looks whether logs have grown, and wakes their readers. */
@Injectable()
export class PolledFeed extends EventFeed implements OnModuleDestroy {
  private readonly logger = new Logger(PolledFeed.name);
  private readonly looks = new Passes(
    () => this.look(),
    (err) => {
      if (!(err instanceof StoreUnavailable)) this.logger.warn({ err }, 'Events could not be read');
    },
  );
  private readonly watched = new Map<string, Watched>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly events: EventLog) {
    super();
  }

  override onGrowth(tenant: string, wake: () => void): () => void {
    const one = this.watched.get(tenant) ?? { wakes: new Set() };
    // A new function each time, so that one reader can register twice.
    const own = () => wake();
    one.wakes.add(own);
    this.watched.set(tenant, one);
    this.timer ??= setInterval(() => this.looks.wake(), LOOK_MS).unref();
    return () => {
      one.wakes.delete(own);
      if (one.wakes.size === 0 && this.watched.get(tenant) === one) this.watched.delete(tenant);
      if (this.watched.size === 0) this.pause();
    };
  }

  async onModuleDestroy(): Promise<void> {
    this.pause();
    await this.looks.stop();
  }

  private pause(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    const newest = await this.events.newestOf([...this.watched.keys()]);
    for (const [tenant, one] of this.watched) {
      if (newest.get(tenant) === one.newest) continue;
      one.newest = newest.get(tenant);
      for (const wake of one.wakes) wake();
    }
  }
}
