import { describe, expect, it } from 'vitest';
import { clip, clipBytes } from './clip.js';

describe('A text that a caller chose', () => {
  it('stays as it is if it is short enough', () => {
    expect(clip('umbrella', 8)).toBe('umbrella');
    expect(clipBytes('umbrella', 8)).toBe('umbrella');
  });

  it('is cut at whole characters', () => {
    expect(clip('umbrella', 5)).toBe('umbr…');
    expect(clip('ab😀cd', 4)).toBe('ab…');
  });

  it.each([
    ['letters', 'x'],
    ['characters of three bytes', '€'],
    ['control characters, which JSON escapes', '\u0001'],
  ])('is cut by the bytes that it takes up in JSON: %s', (_name, character) => {
    const cut = clipBytes(character.repeat(10_000), 200);
    const bytes = Buffer.byteLength(JSON.stringify(cut));
    expect(bytes).toBeLessThanOrEqual(202);
    expect(bytes).toBeGreaterThan(100);
  });
});
