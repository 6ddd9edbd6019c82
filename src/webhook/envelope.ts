import { CloudEvent, HTTP } from 'cloudevents';
import { cloudEventOf, type Enveloped } from '../events/index.js';

/** Type of the event that "send a test" sends. It is in no log. */
export const TEST_TYPE = 'onesession.webhook.test';

/** What is sent as the body of a request. */
export interface Message {
  readonly id: string;
  readonly contentType: string;
  readonly body: string;
}

/** Writes an event as a CloudEvent 1.0 in structured mode. */
export function messageOf(event: Enveloped): Message {
  const { headers, body } = HTTP.structured(new CloudEvent({ ...cloudEventOf(event) }));
  return { id: event.id, contentType: String(headers['content-type']), body: String(body) };
}
