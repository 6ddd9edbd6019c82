import { describe, expect, it } from 'vitest';
import { beginsWith, isPostalCode, isWithin, normalPostalCode, shareOf } from './postal-code.rules.js';

describe('A postal code', () => {
  it.each([
    ['05408-000', '05408000'],
    ['ec1a 1bb', 'EC1A1BB'],
    ['12.345-678', '12345678'],
  ])('is one code however it is written: %s', (written, code) => {
    expect(normalPostalCode(written)).toBe(code);
  });

  it('has one to ten letters and digits', () => {
    expect(isPostalCode('A-1234 56789')).toBe(true);
    for (const text of ['', ' - ', '12345678901', '123/4', 'ÄB1'])
      expect(isPostalCode(text), text).toBe(false);
  });

  it('matches a prefix that is spelled differently', () => {
    expect(beginsWith('ec1a-1bb', 'EC1 A')).toBe(true);
    expect(beginsWith('EC1', 'EC1A')).toBe(false);
  });
});

describe('A range of postal codes', () => {
  it.each(['10001', '10099', '10001-1234', '100-50'])(
    'holds its ends and what is between them: %s',
    (code) => {
      expect(isWithin(code, { from: '10001', to: '100-99' })).toBe(true);
    },
  );

  it.each(['10000', '10100', '10000-9999', '1000', ''])(
    'holds no code before, behind, or shorter than its ends: %j',
    (code) => {
      expect(isWithin(code, { from: '10001', to: '10099' })).toBe(false);
    },
  );

  it('holds no shorter code, though it sorts between the ends', () => {
    expect(isWithin('1500', { from: '10001', to: '19999' })).toBe(false);
  });

  it('has the larger share of all codes the more codes are in it, be they longer or shorter', () => {
    const all = shareOf({ from: '0', to: 'Z' });
    const ten = shareOf({ from: '10', to: '19' });
    expect(all).toBeCloseTo(1);
    expect(shareOf({ from: '1', to: '1' })).toBeGreaterThan(ten);
    expect(ten).toBeGreaterThan(shareOf({ from: '10000', to: '10099' }));
    expect(shareOf({ from: '10', to: '10' })).toBeCloseTo(1 / 36 ** 2);
  });
});
