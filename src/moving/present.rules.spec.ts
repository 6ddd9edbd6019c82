import { describe, expect, it } from 'vitest';
import { present } from './present.rules.js';

describe('What another platform says of a customer', () => {
  it('leaves out what is absent or null, and keeps empty and false values', () => {
    expect(present({ a: undefined, b: null, c: '', d: false, e: 0, f: [] })).toEqual({
      c: '',
      d: false,
      e: 0,
      f: [],
    });
  });
});
