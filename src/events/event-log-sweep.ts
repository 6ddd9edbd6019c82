import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config/config.schema.js';
import { Clock, secondsAfter } from '../shared/clock.js';
import { Passes } from '../shared/passes.js';
import { EventLog } from './event-log.repository.js';

/** How many events one write erases: few enough that no other write waits long for it. */
const A_BATCH = 500;

const HOUR_SECONDS = 3_600;

/** Removes events from the log when they are older than `EVENT_LOG_HOURS`. */
@Injectable()
export class EventLogSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(EventLogSweep.name);
  private readonly passes = new Passes(
    () => this.sweep(),
    (err) => this.log.warn({ err }, 'Old events could not be removed'),
  );

  constructor(
    private readonly events: EventLog,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.passes.every(this.config.SWEEP_SECONDS * 1000);
  }

  onModuleDestroy(): Promise<void> {
    return this.passes.stop();
  }

  /** @returns the number of removed events */
  async sweep(): Promise<number> {
    const before = secondsAfter(this.clock.now(), -this.config.EVENT_LOG_HOURS * HOUR_SECONDS);
    let removed = 0;
    let batch: number;
    do {
      batch = await this.events.sweep(before, A_BATCH);
      removed += batch;
    } while (batch === A_BATCH && !this.passes.isStopped);
    return removed;
  }
}
