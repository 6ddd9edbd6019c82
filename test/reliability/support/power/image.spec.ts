import { describe, expect, it } from 'vitest';
import type { DiskEvent } from './disk-events.js';
import { imageAt } from './image.js';

const page = (letter: string): Buffer => Buffer.alloc(4096, letter);
const write = (begun: number, letter: string, at: number, durable = false): DiskEvent => ({
  kind: 'write',
  begun,
  done: begun + 1,
  offset: at * 4096,
  bytes: page(letter),
  durable,
});
const sync = (begun: number): DiskEvent => ({ kind: 'sync', begun, done: begun + 10 });

/** The letter that each page has, when the disk loses all that it may lose, or nothing. */
const pagesAt = (events: readonly DiskEvent[], time: number, loses: boolean): string => {
  const image = imageAt(page('a'), events, time, () => (loses ? 0 : 0.5));
  return Array.from({ length: image.length / 4096 }, (_, i) =>
    String.fromCharCode(image[i * 4096] ?? 0),
  ).join('');
};

describe('An image of a disk whose power went', () => {
  const events = [write(1, 'b', 1), sync(10), write(12, 'c', 0), write(30, 'd', 2, true)];

  it('has what was written before a sync began, once that is done', () => {
    expect(pagesAt(events, 15, true)).toBe('a');
    expect(pagesAt(events, 15, false)).toBe('cb');
    expect(pagesAt(events, 20, true)).toBe('ab');
    expect(pagesAt(events, 29, false)).toBe('cb');
  });

  it('has what was written through a file that syncs each write', () => {
    expect(pagesAt(events, 31, true)).toBe('abd');
  });

  it('has part of a page, in sectors, where nothing was synced', () => {
    const image = imageAt(page('a'), [write(1, 'b', 0)], 5, () => 0.95);
    expect([image[0], image[3583], image[3584]].map((byte) => String.fromCharCode(byte ?? 0))).toEqual([
      'b',
      'b',
      'a',
    ]);
  });
});
