import { describe, expect, it } from 'vitest';
import { Unauthenticated } from '../shared/domain-error.js';
import { bearerOf, hasBearer } from './bearer-header.js';

describe('The header Authorization', () => {
  it.each(['Bearer a.b-c', 'bearer a.b-c', 'BEARER   a.b-c'])('has one token: %s [P-19]', (header) => {
    expect(bearerOf(header)).toBe('a.b-c');
    expect(hasBearer(header)).toBe(true);
  });

  it('has a token of all the characters that one may have (RFC 6750 section 2.1)', () => {
    expect(bearerOf('Bearer azAZ09-._~+/==')).toBe('azAZ09-._~+/==');
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearera',
    'Basic a',
    'x Bearer a',
    'Bearer a x',
    'Bearer a,b',
    'Bearer =',
    'Bearer a=b',
    'Bearer é',
  ])('has nothing beside a token: %s [X-17]', (header) => {
    expect(() => bearerOf(header)).toThrow(Unauthenticated);
  });

  it('says whether it means to bring a token, good or not', () => {
    expect([undefined, '', 'Basic a', 'x Bearer a', 'Bearera'].map(hasBearer)).toEqual(
      Array.from({ length: 5 }, () => false),
    );
    expect(hasBearer('Bearer')).toBe(true);
  });
});
