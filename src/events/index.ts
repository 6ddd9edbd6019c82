export { EventFeed } from './event-feed.js';
export { EventLog } from './event-log.repository.js';
export * from './event.types.js';
export { InterestRepository } from './interest.repository.js';
export { Subscribers } from './subscribers.js';
