import { Global, Module } from '@nestjs/common';
import { Sweeps } from '../shared/sweeps.js';
import { EventFeed } from './event-feed.js';
import { EventLogSweep } from './event-log-sweep.js';
import { PolledFeed } from './polled-feed.js';
import { StoredSubscribers } from './stored-subscribers.js';
import { Subscribers } from './subscribers.js';

/** Global, because every feature that changes something may have to tell of it. */
@Global()
@Module({
  providers: [
    { provide: Subscribers, useClass: StoredSubscribers },
    { provide: EventFeed, useClass: PolledFeed },
    EventLogSweep,
  ],
  exports: [Subscribers, EventFeed],
})
export class EventsModule {
  constructor(sweeps: Sweeps, log: EventLogSweep) {
    sweeps.add('events', (now, isStopping) => log.sweep(now, isStopping));
  }
}
