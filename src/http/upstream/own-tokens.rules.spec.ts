import { describe, expect, it } from 'vitest';
import { carriesOwnToken } from './own-tokens.rules.js';

const ISSUER = 'https://session.example';
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: unknown, signature = 'c2ln'): string =>
  `${part({ alg: 'ES256' })}.${part(claims)}.${signature}`;
const OWN = token({ iss: ISSUER });
const OTHER = token({ iss: 'https://other.example' });

const carries = (text: string): boolean => carriesOwnToken(text, ISSUER);

describe('A token of this service', () => {
  it.each([OWN, `Bearer ${OWN}`, `a=1; token=${OWN}; b=2`, `{"token":"${OWN}"}`])(
    'is found anywhere in a text: %s',
    (text) => {
      expect(carries(text)).toBe(true);
    },
  );

  it('is found after a token of another issuer', () => {
    expect(carries(`${OTHER} ${OWN}`)).toBe(true);
  });

  it('is found after parts that look like those of a token [X-36]', () => {
    expect(carries(`eyJhbGci.eyJhbGci.${OWN}`)).toBe(true);
  });

  it('is found expired or without a valid signature', () => {
    expect(carries(token({ iss: ISSUER, exp: 1 }, ''))).toBe(true);
  });

  it('is found behind percent escapes', () => {
    expect(carries(OWN.replaceAll('.', '%2E'))).toBe(true);
    expect(carries(OWN.replaceAll('.', '%2e').replace('eyJ', '%65yJ'))).toBe(true);
  });

  it.each([
    '',
    'eyJ',
    '100%',
    OTHER,
    token({ sub: ISSUER }),
    token({ iss: [ISSUER] }),
    `eyJh.eyJub3QganNvbg.c2ln`,
    ISSUER,
  ])('is not seen in other text: %s', (text) => {
    expect(carries(text)).toBe(false);
  });
});
