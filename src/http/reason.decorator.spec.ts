import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../shared/domain-error.js';
import { reasonOf } from './reason.decorator.js';

const read = (reason?: string): string | undefined =>
  reasonOf({ headers: reason === undefined ? {} : { 'x-reason': reason } });

describe('The reason of an employee', () => {
  it('may be left out', () => {
    expect(read()).toBeUndefined();
  });

  it('is read as UTF-8, without the space around it', () => {
    const sent = Buffer.from(' Kundin rief an: falsche Währung ').toString('latin1');
    expect(read(sent)).toBe('Kundin rief an: falsche Währung');
  });

  it('may have 500 characters', () => {
    expect(read('x'.repeat(500))).toHaveLength(500);
  });

  it.each([
    ['empty', ''],
    ['too long', 'x'.repeat(501)],
    ['not printable', 'a\u0007b'],
  ])('is refused when it is %s', (_, sent) => {
    expect(() => read(sent)).toThrow(InvalidInput);
  });
});
