import { EVENT_TYPES } from './event.types.js';

/** @param pattern an event type, or the beginning of types with `*` behind it: `onesession.context.*` */
export const matchesType = (pattern: string, type: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;

/** Whether there are such types. */
export const namesTypes = (pattern: string): boolean =>
  EVENT_TYPES.some((type) => matchesType(pattern, type));
