import type { StoredEvent } from '../../../events/event.types.js';
import { givenJson, storedJson } from './stored-json.js';

/** An event as it stands in the record that it was written with. `data` is JSON. */
export interface EventRow extends Omit<StoredEvent, 'data'> {
  readonly data: string;
}

export const toEventRow = ({ data, ...event }: StoredEvent): EventRow => ({
  ...event,
  data: storedJson(data),
});

export const fromEventRow = ({ data, ...event }: EventRow): StoredEvent => ({
  ...event,
  data: givenJson(data),
});
