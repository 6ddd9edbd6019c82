import { describe, expect, it } from 'vitest';
import { isDeclared, joined } from './parameters.rules.js';

const declared = { cookie: ['VtexIdclientAutCookie', 'VtexIdclientAutCookie_.*', '(a+)+$'] };
const isTaken = (key: string): boolean => isDeclared(declared, `cookie.${key}`);

describe('A declared name', () => {
  it('is taken literally, and for a beginning where it ends in .* [P-49]', () => {
    expect(isTaken('VtexIdclientAutCookie')).toBe(true);
    expect(isTaken('VtexIdclientAutCookie_acme')).toBe(true);
    expect(isTaken('VtexIdclientAutCookie_')).toBe(false);
    expect(isTaken('XVtexIdclientAutCookie_acme')).toBe(false);
    expect(isTaken('vtexIdclientAutCookie')).toBe(false);
  });

  it('is no regular expression, whatever it looks like [P-49]', () => {
    expect(isTaken('(a+)+$')).toBe(true);
    for (const key of ['aaaa', 'a', `${'a'.repeat(65_536)}!`]) expect(isTaken(key)).toBe(false);
  });

  it('belongs to its namespace, and not to one that every object has', () => {
    expect(isDeclared(declared, 'public.VtexIdclientAutCookie')).toBe(false);
    expect(isDeclared(declared, 'constructor.name')).toBe(false);
  });
});

describe('What a declaration says of a parameter', () => {
  it('stays the same however often it is asked, and for however many others', () => {
    const asked = { public: ['colour'], cookie: ['a_.*'] };
    for (let i = 0; i < 2_000; i += 1) expect(isDeclared(asked, `public.colour${i}`)).toBe(false);
    for (let i = 0; i < 2; i += 1) {
      expect(isDeclared(asked, 'public.colour')).toBe(true);
      expect(isDeclared(asked, 'cookie.a_b')).toBe(true);
      expect(isDeclared({ public: ['size'] }, 'public.colour')).toBe(false);
    }
  });
});

describe('Joined declarations', () => {
  it('name what any of them names, in namespaces of any name', () => {
    const all = joined({ public: ['a'], constructor: ['b'] }, {}, { public: ['c'], ['__proto__']: ['d'] });
    for (const name of ['public.a', 'constructor.b', 'public.c', '__proto__.d']) {
      expect(isDeclared(all, name)).toBe(true);
    }
    expect(isDeclared(all, 'public.b')).toBe(false);
    expect(isDeclared(all, 'toString.a')).toBe(false);
  });
});
