import { isJsonObject, type Json } from '../shared/json.js';
import type { EventType, StoredEvent } from './event.types.js';

/** The content of an event before it gets its place in the log. */
export interface Told extends Pick<StoredEvent, 'data' | 'sessionId' | 'person'> {
  readonly type: EventType;
}

/** The write that events tell of. */
export interface ToldWrite {
  readonly tenant: string;
  readonly subject: string;
  /** Distinguishes the record from an earlier one with the same id. */
  readonly createdAt: Date;
  /** Grows with each write of the record. */
  readonly revision: number;
  readonly time: Date;
}

/** More events than any single write makes. */
const PLACES = 10;

/** Returns the events of one write. The result is the same each time it is made for that write. */
export const eventsOf = (write: ToldWrite, told: readonly Told[]): readonly StoredEvent[] =>
  told.map((one, place) => {
    const { tenant, subject, createdAt, revision, time } = write;
    const sequence = revision * PLACES + place;
    const id = `${subject}.${createdAt.getTime().toString(36)}.${sequence.toString(36)}`;
    return { id, tenant, subject, sequence, time, ...one };
  });

/**
 * Returns the event without the names and values of attributes: a name is free text as well. If there are none, returns
 * the event itself.
 */
export function withoutAttributes(event: StoredEvent): StoredEvent {
  const { changes, changesOmitted = 0 } = event.data;
  if (!Array.isArray(changes)) return event;
  const kept = changes.filter((change) => !isOfAttribute(change));
  const left = changes.length - kept.length;
  if (left === 0) return event;
  const data = { ...event.data, changes: kept, changesOmitted: Number(changesOmitted) + left };
  return { ...event, data };
}

const isOfAttribute = (change: Json): boolean =>
  isJsonObject(change) && String(change.field).startsWith('context.');
