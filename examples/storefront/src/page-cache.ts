import type { Segment } from '@onesession/client';

/** What a cache in front of the shop keeps pages by: shoppers of one segment see the same page. */
export const cacheKeyOf = (segment: Segment): string =>
  Object.values(segment)
    .map((value) => value ?? '-')
    .join('|');

const kept = new Set<string>();

/** Whether the cache has the page of this segment already. */
export function isCached(key: string): boolean {
  const known = kept.has(key);
  kept.add(key);
  return known;
}
