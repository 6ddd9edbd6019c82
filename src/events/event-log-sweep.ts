import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.schema.js';
import { secondsAfter } from '../shared/clock.js';
import { EventLog } from './event-log.repository.js';

/** How many events one write erases: few enough that no other write waits long for it. */
const A_BATCH = 500;

const HOUR_SECONDS = 3_600;

/** Removes events from the log when they are older than `EVENT_LOG_HOURS`. */
@Injectable()
export class EventLogSweep {
  constructor(
    private readonly events: EventLog,
    private readonly config: Config,
  ) {}

  /** @param isStopping ends the sweep after a batch; the next one goes on */
  async sweep(now: Date, isStopping: () => boolean): Promise<void> {
    const before = secondsAfter(now, -this.config.EVENT_LOG_HOURS * HOUR_SECONDS);
    let removed: number;
    do removed = await this.events.sweep(before, A_BATCH);
    while (removed === A_BATCH && !isStopping());
  }
}
