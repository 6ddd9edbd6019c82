import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { describe, expect, it } from 'vitest';
import { MemoryEvents } from '../../test/support/events/memory-events.js';
import { TestClock } from '../../test/support/test-clock.js';
import { StoreUnavailable, Unauthenticated } from '../shared/domain-error.js';
import { LiveStream } from './live-stream.js';
import { isOfSession, lastWordsOf } from './live.rules.js';
import type { Subscription } from './live.types.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A stream of the session `s1`, and who reads it. */
function open({ reads = true } = {}) {
  const events = new MemoryEvents();
  const clock = new TestClock();
  const state = { checks: 0, failure: undefined as Error | undefined, closed: 0 };
  const subscription: Subscription = {
    tenant: 'acme',
    gone: new AbortController().signal,
    sessionId: 's1',
    expiresAt: new Date(clock.now().getTime() + 3_600_000),
    chooses: ({ event }, reader) => isOfSession(event, 's1', reader),
    check: async () => {
      state.checks += 1;
      if (state.failure) throw state.failure;
      return {};
    },
    lastWords: (some) => lastWordsOf(some, 's1', 'anonymous'),
  };
  const stream = new LiveStream(subscription, {}, () => (state.closed += 1));
  const messages: EventSourceMessage[] = [];
  const comments: string[] = [];
  const parser = createParser({
    onEvent: (one) => messages.push(one),
    onComment: (text) => comments.push(text),
  });
  if (reads) stream.readable.on('data', (chunk: Buffer) => parser.feed(chunk.toString()));
  const beat = (times = 1): void => {
    for (let i = 0; i < times; i += 1) stream.beat(clock.now());
  };
  return { events, clock, state, stream, messages, comments, beat };
}

const typesOf = (messages: readonly EventSourceMessage[]) => messages.map(({ event }) => event);

describe('A live stream', () => {
  it('writes the events of its session in order, each once', async () => {
    const { events, stream, messages } = open();
    const some = events.write({ id: 'a' }, { id: 'b', subject: 's2' }, { id: 'c' });
    await stream.take(some);
    await stream.take(some);
    await stream.take(events.write({ id: 'd' }));
    await turn();
    expect(messages.map(({ id }) => id)).toEqual(['a', 'c', 'd']);
  });

  it('asks whether the token still opens it before it writes, and not for events of others', async () => {
    const { events, stream, state } = open();
    await stream.take(events.write({ subject: 's2' }));
    expect(state.checks).toBe(0);
    await stream.take(events.write({}));
    expect(state.checks).toBe(1);
  });

  it('ends with the end of the session', async () => {
    const { events, stream, state, messages } = open();
    state.failure = new Unauthenticated();
    await stream.take(events.write({}, { type: 'onesession.session.ended' }, {}));
    await turn();
    expect(typesOf(messages)).toEqual(['onesession.context.changed', 'onesession.session.ended', 'end']);
    expect(JSON.parse(messages.at(-1)?.data ?? '')).toEqual({ reason: 'session-ended', resume: false });
    expect(state.closed).toBe(1);
  });

  it('waits for the reason when its token opens nothing any more, but not for long', async () => {
    const { events, stream, state, messages, beat } = open();
    state.failure = new Unauthenticated();
    stream.recheck();
    await turn();
    beat();
    expect(messages).toEqual([]);
    await stream.take(events.write({ type: 'onesession.session.ended' }));
    expect(typesOf(messages)).toEqual(['onesession.session.ended', 'end']);

    const other = open();
    other.state.failure = new Unauthenticated();
    await other.stream.take(other.events.write({}));
    other.beat(3);
    await turn();
    expect(other.messages.map(({ event, data }) => [event, data])).toEqual([
      ['end', '{"reason":"token-ended","resume":false}'],
    ]);
  });

  it('ends when its token expires', async () => {
    const { clock, messages, beat } = open();
    clock.advanceSeconds(3_600);
    beat();
    await turn();
    expect(messages.map(({ data }) => data)).toEqual(['{"reason":"token-ended","resume":false}']);
  });

  it('keeps what it could not write while the store was away', async () => {
    const { events, stream, state, messages, beat } = open();
    state.failure = new StoreUnavailable();
    await stream.take(events.write({ id: 'a' }));
    state.failure = undefined;
    beat();
    await turn();
    expect(messages.map(({ id }) => id)).toEqual(['a']);
  });

  it('says every 15 s that it is there, and asks about its token', async () => {
    const { state, comments, beat } = open();
    beat(14);
    expect(state.checks).toBe(0);
    beat();
    await turn();
    expect([comments.length, state.checks]).toEqual([1, 1]);
    beat(15);
    await turn();
    expect(comments).toHaveLength(2);
  });

  it('is closed for a reader who does not read', async () => {
    const { events, stream, state, beat } = open({ reads: false });
    stream.offer(events.write(...Array.from({ length: 100 }, () => ({ data: { text: 'x'.repeat(2_000) } }))));
    await turn();
    beat(29);
    expect(stream.isOver).toBe(false);
    beat();
    await turn();
    expect([stream.isOver, state.closed]).toEqual([true, 1]);
  });

  it('is closed for a reader who is too far behind', async () => {
    const { events, stream } = open({ reads: false });
    for (let i = 0; i < 12; i += 1) {
      stream.offer(
        events.write(...Array.from({ length: 100 }, () => ({ data: { text: 'x'.repeat(2_000) } }))),
      );
      await turn();
    }
    expect(stream.isOver).toBe(true);
  });

  it('that has ended is closed, although nobody reads its end', async () => {
    const { stream, state, beat } = open({ reads: false });
    stream.end('stopping');
    beat(30);
    await turn();
    expect(state.closed).toBe(1);
  });
});
