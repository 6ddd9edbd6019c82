import type { StoredEvent } from '../events/event.types.js';
import type { JsonObject } from '../shared/json.js';

/** Digits of a sequence, so that sequences sort as text, too. */
const DIGITS = 12;

/** CloudEvents 1.0, JSON format, structured mode. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly sequence: string;
  readonly data: JsonObject;
}

export const cloudEventOf = ({
  id,
  tenant,
  type,
  subject,
  time,
  sequence,
  data,
}: StoredEvent): CloudEvent => ({
  specversion: '1.0',
  id,
  source: `/tenants/${tenant}`,
  type,
  subject,
  time: time.toISOString(),
  datacontenttype: 'application/json',
  sequence: String(sequence).padStart(DIGITS, '0'),
  data,
});
