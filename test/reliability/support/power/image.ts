import type { DiskEvent } from './disk-events.js';

const PAGE = 4096;
const SECTOR = 512;

type Write = Extract<DiskEvent, { kind: 'write' }>;

/**
 * What may be left of a file when the power goes. What was synced is there. Of what was not, each page is there or not,
 * or the first of its sectors are: a disk writes pages in any order, and a sector at once.
 *
 * @param before the file before the events
 * @param random 0 to 1
 */
export function imageAt(
  before: Buffer,
  events: readonly DiskEvent[],
  time: number,
  random: () => number,
): Buffer {
  const { synced, loose } = writesBy(events, time);
  const end = Math.max(
    before.length,
    ...[...synced, ...loose].map(({ offset, bytes }) => offset + bytes.length),
  );
  const image = Buffer.alloc(end);
  before.copy(image);
  for (const { offset, bytes } of synced) bytes.copy(image, offset);
  let length = Math.max(before.length, ...synced.map(({ offset, bytes }) => offset + bytes.length));
  for (const { offset, bytes } of loose) {
    for (let at = 0; at < bytes.length; at += PAGE) {
      const page = bytes.subarray(at, at + keptOf(random));
      page.copy(image, offset + at);
      if (page.length > 0) length = Math.max(length, offset + at + page.length);
    }
  }
  return image.subarray(0, length);
}

/** In the order in which they were made. */
function writesBy(events: readonly DiskEvent[], time: number): { synced: Write[]; loose: Write[] } {
  const synced: Write[] = [];
  let loose: Write[] = [];
  for (const event of events) {
    if (event.begun > time) continue;
    const isDone = event.done <= time;
    if (event.kind === 'write') (event.durable && isDone ? synced : loose).push(event);
    else if (isDone) {
      synced.push(...loose.filter(({ done }) => done <= event.begun));
      loose = loose.filter(({ done }) => done > event.begun);
    }
  }
  return { synced, loose };
}

/** Bytes of a page that reach the disk. */
function keptOf(random: () => number): number {
  const dice = random();
  if (dice < 0.45) return 0;
  if (dice < 0.9) return PAGE;
  return Math.floor(random() * (PAGE / SECTOR)) * SECTOR;
}
