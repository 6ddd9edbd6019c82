/** A decoded row takes about this many times its stored bytes, and this many bytes for its entry in a cache. */
const DECODED = 4;
export const ENTRY_BYTES = 300;

/** One row may take at most this part of a cache, so that a few large ones do not evict thousands of others. */
export const LARGEST_PART = 16;

/** Approximate memory of a row in a cache. */
export const decodedSize = (storedBytes: number): number => storedBytes * DECODED + ENTRY_BYTES;
