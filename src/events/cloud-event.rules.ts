import type { JsonObject } from '../shared/json.js';
import type { StoredEvent } from './event.types.js';

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

/** What a CloudEvent is made of. A webhook's test has a type that is in no log. */
export type Enveloped = Pick<StoredEvent, 'id' | 'tenant' | 'subject' | 'time' | 'sequence' | 'data'> & {
  readonly type: string;
};

export const cloudEventOf = ({ id, tenant, type, subject, time, sequence, data }: Enveloped): CloudEvent => ({
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
