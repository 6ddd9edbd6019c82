import { describe, expect, it, vi } from 'vitest';
import { MemoryEvents } from '../../test/support/events/memory-events.js';
import { StoreUnavailable } from '../shared/domain-error.js';
import { LiveStream } from './live-stream.js';
import { TenantTail } from './tenant-tail.js';

function aStream() {
  const stream = new LiveStream(
    {
      tenant: 'acme',
      gone: new AbortController().signal,
      expiresAt: new Date(8.64e15),
      chooses: () => true,
      check: async () => ({}),
      lastWords: () => undefined,
    },
    {},
    () => undefined,
  );
  let text = '';
  stream.readable.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { stream, ids: () => [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id) };
}

const openTail = (events: MemoryEvents) => TenantTail.open('acme', events, events.feed);

describe('The tail of a tenant’s log', () => {
  it('brings a new stream what happens from now on', async () => {
    const events = new MemoryEvents();
    events.write({ id: 'old' });
    const tail = await openTail(events);
    const { stream, ids } = aStream();
    await tail.follow(stream, undefined);
    events.write({ id: 'a' }, { tenant: 'globex', id: 'theirs' }, { id: 'b' });
    await vi.waitFor(() => expect(ids()).toEqual(['a', 'b']));
  });

  it('brings a stream that resumes what it missed, and goes on without a gap', async () => {
    const events = new MemoryEvents();
    const names = Array.from({ length: 450 }, (_, i) => `e${i}`);
    const [first] = events.write(...names.map((id) => ({ id })));
    const tail = await openTail(events);
    const { stream, ids } = aStream();
    const following = tail.follow(stream, first?.position);
    events.write({ id: 'new' });
    await following;
    await vi.waitFor(() => expect(ids()).toEqual([...names.slice(1), 'new']));
  });

  it('goes on after the store was away', async () => {
    const events = new MemoryEvents();
    const tail = await openTail(events);
    const { stream, ids } = aStream();
    await tail.follow(stream, undefined);
    events.failure = new StoreUnavailable();
    events.write({ id: 'a' });
    await new Promise((resolve) => setImmediate(resolve));
    events.failure = undefined;
    tail.beat();
    await vi.waitFor(() => expect(ids()).toEqual(['a']));
  });

  it('listens to the feed until it is closed', async () => {
    const events = new MemoryEvents();
    const tail = await openTail(events);
    expect(events.hasReaders).toBe(true);
    await tail.close();
    expect(events.hasReaders).toBe(false);
  });
});
