import { Logger } from '@nestjs/common';
import type { Subscribers } from '../events/index.js';
import { type Clock, secondsAfter } from '../shared/clock.js';
import { newId } from '../shared/ids.js';

/** How long a reader can resume without loss after the last stream has closed. */
const INTEREST_SECONDS = 300;

const RENEW_BEFORE_SECONDS = 240;

/** Makes the events of a tenant be recorded while this instance has streams of it, and a while longer. */
export class StreamInterest {
  private readonly log = new Logger(StreamInterest.name);
  private readonly id = `live-${newId()}`;
  private readonly until = new Map<string, Date>();
  private readonly asking = new Map<string, Promise<void>>();

  constructor(
    private readonly subscribers: Subscribers,
    private readonly clock: Clock,
  ) {}

  /** Resolves when every instance records the events of the tenant. */
  async ensure(tenant: string): Promise<void> {
    if (this.lasts(tenant)) return;
    const asking = this.asking.get(tenant) ?? this.ask(tenant);
    this.asking.set(tenant, asking);
    await asking;
  }

  /** As `ensure`; what fails is tried again with the next call. */
  async renew(tenant: string): Promise<void> {
    try {
      await this.ensure(tenant);
    } catch (error) {
      this.log.debug({ err: error, tenant }, 'the interest of live streams could not be renewed');
    }
  }

  private lasts(tenant: string): boolean {
    const until = this.until.get(tenant);
    return until !== undefined && secondsAfter(this.clock.now(), RENEW_BEFORE_SECONDS) < until;
  }

  private async ask(tenant: string): Promise<void> {
    const until = secondsAfter(this.clock.now(), INTEREST_SECONDS);
    try {
      await this.subscribers.add(tenant, { id: this.id, until });
      this.until.set(tenant, until);
    } finally {
      this.asking.delete(tenant);
    }
  }
}
