export { cloudEventOf, type Enveloped } from './cloud-event.rules.js';
export { EventFeed } from './event-feed.js';
export { EventLog } from './event-log.repository.js';
export * from './event.types.js';
export { EventsModule } from './events.module.js';
export { Subscribers } from './subscribers.js';
export { namesTypes } from './type-pattern.rules.js';
