import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { expect, it } from 'vitest';
import { sseComment, sseMessage, sseRetry } from './sse.rules.js';

function read(text: string) {
  const messages: EventSourceMessage[] = [];
  const others: unknown[] = [];
  const parser = createParser({
    onEvent: (message) => messages.push(message),
    onComment: (comment) => others.push(comment),
    onRetry: (ms) => others.push(ms),
    onError: (error) => others.push(error),
  });
  parser.feed(text);
  return { messages, others };
}

it('A message is read as it was written, whatever is in its data', () => {
  const data = { text: 'line\none\r\ndata: two\u2028\n\nid: x' };
  const { messages, others } = read(sseMessage({ id: 'e1', event: 'onesession.context.changed', data }));
  expect(messages).toEqual([{ id: 'e1', event: 'onesession.context.changed', data: JSON.stringify(data) }]);
  expect(others).toEqual([]);
});

it('A message without an id leaves the last one as it is', () => {
  expect(read(sseMessage({ event: 'end', data: {} })).messages).toEqual([
    { id: undefined, event: 'end', data: '{}' },
  ]);
});

it('Comments and retry times are not messages', () => {
  expect(read(sseComment('still here') + sseRetry(2_000))).toEqual({
    messages: [],
    others: ['still here', 2_000],
  });
});
