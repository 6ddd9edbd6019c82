import { describe, expect, it } from 'vitest';
import { newSecret } from './ids.js';

describe('A million secrets', () => {
  it('have 256 bits each, are all different, and set no bit more often than others [P-01]', () => {
    const COUNT = 1_000_000;
    const seen = new Set<string>();
    const ones = new Uint32Array(256);
    let lengths = 0;
    for (let i = 0; i < COUNT; i += 1) {
      const secret = newSecret();
      seen.add(secret);
      lengths += secret.length;
      // Every hundredth secret is enough to show a bias of one percent.
      if (i % 100 === 0) count(Buffer.from(secret, 'base64url'), ones);
    }
    expect(lengths).toBe(43 * COUNT);
    expect(seen.size).toBe(COUNT);
    // Six standard deviations of a fair coin tossed ten thousand times.
    for (const set of ones) expect(Math.abs(set - COUNT / 200)).toBeLessThan(300);
  });
});

function count(bytes: Buffer, ones: Uint32Array): void {
  for (let bit = 0; bit < 256; bit += 1) {
    if (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) ones[bit] = (ones[bit] ?? 0) + 1;
  }
}
