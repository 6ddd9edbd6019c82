import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../shared/domain-error.js';
import { isFree, isKept, keyIn, rulingOn } from './idempotency.rules.js';
import type { KeptKey } from './idempotency.types.js';

const NOW = new Date(1_000);
const KEY: KeptKey = {
  tenant: 'acme',
  id: 'k',
  fingerprint: 'f',
  claim: 'c',
  claimedUntil: new Date(1_001),
  erasedAt: new Date(2_000),
};
const ANSWER = { status: 200, sealedBody: '' };

describe('The header Idempotency-Key', () => {
  it('may be left out', () => {
    expect(keyIn(undefined)).toBeUndefined();
  });

  it('is a string in quotes, or without them', () => {
    expect(keyIn('"8e03978e-40d5"')).toBe('8e03978e-40d5');
    expect(keyIn(' 8e03978e-40d5 ')).toBe('8e03978e-40d5');
    expect(keyIn('"two words"')).toBe('two words');
    expect(keyIn('x'.repeat(255))).toHaveLength(255);
  });

  it.each(['', '""', '"half', 'a"b', 'two words', 'x'.repeat(256), 'ä', '"a\\b"'])(
    'is refused as %j',
    (header) => {
      expect(() => keyIn(header)).toThrow(InvalidInput);
    },
  );
});

describe('A request with a known key', () => {
  it('is told when it is another request', () => {
    expect(rulingOn(KEY, 'g')).toBe('other-request');
    expect(rulingOn({ ...KEY, answer: ANSWER }, 'g')).toBe('other-request');
  });

  it('is told while the first one is under way, and gets its answer afterwards', () => {
    expect(rulingOn(KEY, 'f')).toBe('under-way');
    expect(rulingOn({ ...KEY, answer: ANSWER }, 'f')).toBe('repeated');
  });
});

describe('A key', () => {
  it('is free once the request that took it is lost, unless that was answered', () => {
    expect(isFree(KEY, NOW)).toBe(false);
    expect(isFree({ ...KEY, claimedUntil: NOW }, NOW)).toBe(true);
    expect(isFree({ ...KEY, claimedUntil: NOW, answer: ANSWER }, NOW)).toBe(false);
  });

  it('is free once it has ended', () => {
    expect(isFree({ ...KEY, answer: ANSWER, erasedAt: NOW }, NOW)).toBe(true);
  });

  it.each([
    [200, true],
    [204, true],
    [202, true],
    [404, true],
    [409, true],
    [400, false],
    [429, false],
    [500, false],
    [503, false],
  ])('keeps the answer %i: %s', (status, kept) => {
    expect(isKept(status)).toBe(kept);
  });
});
