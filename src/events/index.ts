export { EventFeed } from './event-feed.js';
export { EventLogSweep } from './event-log-sweep.js';
export { EventLog } from './event-log.repository.js';
export { eventsOf, type Told, type ToldWrite } from './event.rules.js';
export * from './event.types.js';
export { EventsModule } from './events.module.js';
export { InterestRepository } from './interest.repository.js';
export { Subscribers } from './subscribers.js';
