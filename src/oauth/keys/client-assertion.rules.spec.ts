import { describe, expect, it } from 'vitest';
import { type AssertionClaims, LEEWAY, LONGEST_LIFETIME, oneUseOf } from './client-assertion.rules.js';

const NOW = new Date('2026-11-29T12:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const OURS = ['https://shop.test', 'https://shop.test/oauth/token'];

const claims = (over: Partial<AssertionClaims> = {}): AssertionClaims => ({
  aud: OURS[0],
  exp: SECONDS + 60,
  iat: SECONDS,
  jti: 'a1',
  ...over,
});

describe('An assertion', () => {
  it('is good once, and its id is remembered until no clock accepts it any more', () => {
    const use = oneUseOf(claims(), OURS, NOW);
    expect(use?.jti).toBe('a1');
    expect(use?.endsAt.getTime()).toBeGreaterThan((SECONDS + 60 + LEEWAY) * 1000);
  });

  it.each([
    ['the token endpoint', { aud: OURS[1] }],
    ['a list of our names', { aud: OURS }],
    ['no time of issue', { iat: undefined }],
    ['the longest lifetime', { exp: SECONDS + LONGEST_LIFETIME }],
    ['the longest id', { jti: 'x'.repeat(256) }],
  ])('may name %s', (_what, over) => {
    expect(oneUseOf(claims(over), OURS, NOW)).toBeDefined();
  });

  it.each([
    ['no audience', { aud: undefined }],
    ['another audience', { aud: 'https://other.test' }],
    ['another audience beside ours', { aud: [...OURS, 'https://other.test'] }],
    ['no end', { exp: undefined }],
    ['an end too far ahead', { exp: SECONDS + LONGEST_LIFETIME + LEEWAY + 1 }],
    ['a time of issue in the future', { iat: SECONDS + LEEWAY + 1 }],
    ['no id', { jti: undefined }],
    ['an empty id', { jti: '' }],
    ['an id that is no text', { jti: 1 }],
    ['an id that is too long', { jti: 'x'.repeat(257) }],
  ])('is refused with %s', (_what, over) => {
    expect(oneUseOf(claims(over), OURS, NOW)).toBeUndefined();
  });
});
