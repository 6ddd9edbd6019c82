import { describe, expect, it } from 'vitest';
import { isCarried, isPlainNumber } from './number.rules.js';

const isPlain = (text: string): boolean => isPlainNumber(Buffer.from(`[${text}]`), 1, 1 + text.length);

describe('The quick look at a number', () => {
  it.each(['0', '-1', '1e9', '19.90', '123456789012345', '1e290', '1E-290'])(
    'is enough if a double certainly holds it: %s',
    (text) => {
      expect(isPlain(text)).toBe(true);
    },
  );

  it.each(['1234567890123456', '0.12345678901234', '1e291', '1E-291', '1e+999'])(
    'is not enough if it is long or has a large power: %s',
    (text) => {
      expect(isPlain(text)).toBe(false);
    },
  );
});

describe('A double', () => {
  it.each([
    '0',
    '-0.0',
    '0e999',
    '19.90',
    '1E+05',
    '100000000000000000000000',
    '9007199254740991',
    '9007199254740992',
    '0.30000000000000004',
    '5e-324',
    '1.7976931348623157e308',
  ])('holds a number that it prints with the same digits: %s [F-11]', (text) => {
    expect(isCarried(text)).toBe(true);
  });

  it.each(['9007199254740993', '-9007199254740993', '0.123456789012345678', '1e309', '-1e309', '1e-324'])(
    'does not hold a number that it would change: %s [F-11]',
    (text) => {
      expect(isCarried(text)).toBe(false);
    },
  );

  it('is not tried with a number of more than 400 characters', () => {
    expect(isCarried(`1.${'0'.repeat(398)}`)).toBe(true);
    expect(isCarried(`1.${'0'.repeat(399)}`)).toBe(false);
    expect(isCarried(`-1.${'0'.repeat(399)}`)).toBe(false);
  });

  it.each(['nul', '-', '1e', 'e'.repeat(401)])('leaves what is not a number to the parser: %s', (text) => {
    expect(isCarried(text)).toBe(true);
  });
});
