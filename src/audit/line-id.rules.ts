/** Milliseconds that fit into an id: until the year 10889. */
const LATEST = 2 ** 48 - 1;

const hexOf = (ms: number): string => Math.min(Math.max(0, ms), LATEST).toString(16).padStart(12, '0');

/**
 * Makes a UUID of version 7, which sorts by time, and within a millisecond by a counter (RFC 9562 section 6.2,
 * method 1).
 * @param count 0 to 4095
 * @param random 16 hex digits
 */
export function lineIdOf(at: Date, count: number, random: string): string {
  const time = hexOf(at.getTime());
  const counter = (count % 4096).toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-8${random.slice(0, 3)}-${random.slice(3, 15)}`;
}

/** Sorts before all ids of this moment, and behind those of all earlier ones. */
export function firstIdAt(at: Date): string {
  const time = hexOf(at.getTime());
  return `${time.slice(0, 8)}-${time.slice(8)}`;
}
