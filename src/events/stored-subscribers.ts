import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { StoreUnavailable } from '../shared/domain-error.js';
import { Passes } from '../shared/passes.js';
import type { Interest } from './event.types.js';
import { InterestRepository } from './interest.repository.js';
import { Subscribers } from './subscribers.js';

/** How often each instance polls: one small query for all tenants together. */
const LOOK_MS = 500;

/** After this time, every instance has polled at least once. */
const SPREAD_MS = 1_500;

/** Keeps in memory which tenants have subscribers. */
@Injectable()
export class StoredSubscribers extends Subscribers implements OnModuleInit, OnModuleDestroy {
  private readonly log = new Logger(StoredSubscribers.name);
  private readonly looks = new Passes(
    () => this.refresh(),
    (err) => {
      if (!(err instanceof StoreUnavailable)) this.log.warn({ err }, 'It is unknown who wants events');
    },
  );
  /** Undefined until the store has answered once. */
  private known: ReadonlyMap<string, Date | undefined> | undefined;
  /** When this instance first saw a tenant, by `performance.now`. */
  private readonly seenAt = new Map<string, number>();

  constructor(
    private readonly interests: InterestRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Runs before the first request. If the store is unavailable, it is asked again later. */
  async onModuleInit(): Promise<void> {
    this.looks.wake();
    await this.looks.settled();
    this.looks.every(LOOK_MS);
  }

  onModuleDestroy(): Promise<void> {
    return this.looks.stop();
  }

  /** While the store has not answered yet, every tenant may have subscribers. */
  override wants(tenant: string): boolean {
    if (!this.known) return true;
    if (!this.known.has(tenant)) return false;
    const until = this.known.get(tenant);
    return until === undefined || until > this.clock.now();
  }

  override async add(tenant: string, interest: Interest): Promise<void> {
    await this.interests.save(tenant, interest);
    await this.refresh();
    if (await this.spread(tenant)) await this.interests.prepare(tenant);
  }

  override async remove(tenant: string, id: string): Promise<void> {
    await this.interests.remove(tenant, id);
    await this.refresh();
  }

  /** @returns false if all instances knew of the tenant before */
  private async spread(tenant: string): Promise<boolean> {
    if (!this.interests.isShared) return false;
    const left = SPREAD_MS - (performance.now() - (this.seenAt.get(tenant) ?? performance.now()));
    if (left <= 0) return false;
    await sleep(left);
    return true;
  }

  /** If the store does not answer, what was known stays in force. */
  private async refresh(): Promise<void> {
    const known = await this.interests.tenants(this.clock.now());
    for (const tenant of this.seenAt.keys()) if (!known.has(tenant)) this.seenAt.delete(tenant);
    for (const tenant of known.keys())
      if (!this.seenAt.has(tenant)) this.seenAt.set(tenant, performance.now());
    this.known = known;
  }
}
