import { isJsonObject, type Json } from '../shared/json.js';
import type { EventType, StoredEvent } from './event.types.js';

/** What one event says, before it has its place. */
export interface Told extends Pick<StoredEvent, 'data' | 'sessionId' | 'person'> {
  readonly type: EventType;
}

/** The write that events tell of. */
export interface ToldWrite {
  readonly tenant: string;
  readonly subject: string;
  /** Tells the record from another one that had this id before. */
  readonly createdAt: Date;
  /** Grows with each write of the record. */
  readonly revision: number;
  readonly time: Date;
}

/** No write makes as many events. */
const PLACES = 10;

/** Returns the events of one write. Made again for the same write, they are the same. */
export const eventsOf = (write: ToldWrite, told: readonly Told[]): readonly StoredEvent[] =>
  told.map((one, place) => {
    const { tenant, subject, createdAt, revision, time } = write;
    const sequence = revision * PLACES + place;
    const id = `${subject}.${createdAt.getTime().toString(36)}.${sequence.toString(36)}`;
    return { id, tenant, subject, sequence, time, ...one };
  });

/** Returns the event without the values of attributes. If it has none, returns the event itself. */
export function withoutValues(event: StoredEvent): StoredEvent {
  const { changes } = event.data;
  if (!Array.isArray(changes)) return event;
  const stripped = changes.map(withoutValuesOfAttribute);
  if (stripped.every((one, i) => one === changes[i])) return event;
  return { ...event, data: { ...event.data, changes: stripped } };
}

function withoutValuesOfAttribute(change: Json): Json {
  if (!isJsonObject(change) || !String(change.field).startsWith('context.')) return change;
  if (!('from' in change) && !('to' in change)) return change;
  return { field: change.field ?? '', valuesOmitted: true };
}
