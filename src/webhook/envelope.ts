import { CloudEvent, HTTP } from 'cloudevents';
import type { StoredEvent } from '../events/index.js';

/** Digits of a sequence, so that sequences sort as text, too. */
const DIGITS = 12;

/** Type of the event that "send a test" sends. It is in no log. */
export const TEST_TYPE = 'onesession.webhook.test';

/** What is sent as the body of a request. */
export interface Message {
  readonly id: string;
  readonly contentType: string;
  readonly body: string;
}

export type Told = Omit<StoredEvent, 'type' | 'sessionId' | 'person'> & { readonly type: string };

/** Writes an event as a CloudEvent 1.0 in structured mode. */
export function messageOf({ id, tenant, type, subject, time, sequence, data }: Told): Message {
  const event = new CloudEvent({
    id,
    source: `/tenants/${tenant}`,
    type,
    subject,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    sequence: String(sequence).padStart(DIGITS, '0'),
    data,
  });
  const { headers, body } = HTTP.structured(event);
  return { id, contentType: String(headers['content-type']), body: String(body) };
}
