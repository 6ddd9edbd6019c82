import { describe, expect, it } from 'vitest';
import { IssuedTokens } from './issued-tokens.js';

describe('A token that was issued here', () => {
  it('is taken once', () => {
    const issued = new IssuedTokens();
    issued.add('token');
    expect(issued.take('tokem')).toBe(false);
    expect([issued.take('token'), issued.take('token')]).toEqual([true, false]);
  });

  it('is forgotten once the memory is full of newer ones', () => {
    const issued = new IssuedTokens(2);
    for (const token of ['a', 'b', 'c', 'd']) issued.add(token);
    expect([issued.take('a'), issued.take('d')]).toEqual([true, true]);
    issued.add('e');
    issued.add('f');
    expect(['b', 'c', 'e', 'f'].map((token) => issued.take(token))).toEqual([false, true, true, true]);
  });
});
