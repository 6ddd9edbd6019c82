import { describe, expect, it } from 'vitest';
import { readBounded } from './bounded-body.js';

describe('A body of limited size', () => {
  const tooLarge = () => new Error('too large');

  async function* chunks(...sizes: readonly number[]) {
    for (const size of sizes) yield new Uint8Array(size);
  }

  it('is read whole up to the limit', async () => {
    expect(await readBounded(chunks(3, 4), 7, tooLarge)).toHaveLength(7);
    expect(await readBounded(chunks(), 7, tooLarge)).toHaveLength(0);
  });

  it('is not read further once it is larger', async () => {
    const body = chunks(3, 5, 100);
    await expect(readBounded(body, 7, tooLarge)).rejects.toThrow('too large');
    expect((await body.next()).done).toBe(true);
  });
});
