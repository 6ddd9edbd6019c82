import { describe, expect, it } from 'vitest';
import { cookiesOf, needsSecureCookies, setCookie } from './cookies.js';

describe('The cookies of a request', () => {
  it('are read by name, decoded and without their quotes', () => {
    const cookies = cookiesOf('a=1; b="two"; c=x%40y; d=%zz; e=; f=g==; __proto__=p; nothing');
    expect([...cookies]).toEqual([
      ['a', ['1']],
      ['b', ['two']],
      ['c', ['x@y']],
      ['d', ['%zz']],
      ['e', ['']],
      ['f', ['g==']],
      ['__proto__', ['p']],
    ]);
    expect(cookiesOf(undefined).size).toBe(0);
  });

  it('with the same name are all kept, in the order of the header, up to ten [F-23]', () => {
    expect(cookiesOf('a=1; b=2;a=3').get('a')).toEqual(['1', '3']);
    const many = Array.from({ length: 5000 }, (_, i) => `a=${i}`).join('; ');
    expect(cookiesOf(many).get('a')).toHaveLength(10);
  });
});

describe('A cookie', () => {
  const options = { maxAgeSeconds: 60, crossSite: false, secure: true };

  it('is for this host only, hidden from scripts, and for TLS on request [P-62, F-58]', () => {
    expect(setCookie('a', 'b', options)).toBe('a=b; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Lax');
    expect(setCookie('a', 'b', { ...options, secure: false })).toBe(
      'a=b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax',
    );
  });

  it('for other sites is always for TLS, because browsers refuse it otherwise [F-58]', () => {
    expect(setCookie('a', 'b', { ...options, crossSite: true, secure: false })).toContain(
      'Secure; SameSite=None; Partitioned',
    );
  });

  it.each([
    ['http', 'localhost', 'development', false],
    ['http', '[::1]', 'test', false],
    ['https', 'localhost', 'development', true],
    ['http', 'localhost', 'production', true],
    ['http', 'shop.example', 'development', true],
    ['http', '', 'development', true],
  ])('that is set over %s by %s in %s needs TLS: %s [F-58]', (protocol, hostname, mode, needed) => {
    const request = { protocol, hostname } as Parameters<typeof needsSecureCookies>[0];
    expect(needsSecureCookies(request, { NODE_ENV: mode })).toBe(needed);
  });
});
