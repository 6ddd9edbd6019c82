import { describe, expect, it } from 'vitest';
import { parsePattern } from './pattern.rules.js';

const anywhere = { fromStart: false, toEnd: false };

describe('A pattern', () => {
  it('finds plain text anywhere', () => {
    expect(parsePattern('ab')).toEqual({ pieces: [['a', 'b']], ...anywhere });
  });

  it('takes a dot for any character, and a dot with a star for anything', () => {
    expect(parsePattern('a.b.*c')).toEqual({ pieces: [['a', undefined, 'b'], ['c']], ...anywhere });
  });

  it.each([
    ['^a', true, false],
    ['a$', false, true],
    ['^a$', true, true],
  ])('is tied to the ends that it names: %s', (text, fromStart, toEnd) => {
    expect(parsePattern(text)).toEqual({ pieces: [['a']], fromStart, toEnd });
  });

  it('takes ^ and $ literally in the middle', () => {
    expect(parsePattern('a^$b')).toEqual({ pieces: [['a', '^', '$', 'b']], ...anywhere });
  });

  it.each([...'.*+?()[]{}|^$\\'])('takes %s literally after a backslash', (character) => {
    expect(parsePattern(`\\${character}`)).toEqual({ pieces: [[character]], ...anywhere });
  });

  it.each([...'[](){}+?*|'])('is refused with a bare %s', (character) => {
    expect(parsePattern(`a${character}`)).toBeUndefined();
  });

  it('is refused if it ends in a lone backslash', () => {
    expect(parsePattern('a\\')).toBeUndefined();
  });

  it('counts a character outside the basic plane as one', () => {
    expect(parsePattern('😀.')).toEqual({ pieces: [['😀', undefined]], ...anywhere });
  });
});
