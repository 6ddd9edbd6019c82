import { describe, expect, it } from 'vitest';
import { passedTarget } from './passed-target.rules.js';

const ISSUER = 'https://sessions.example';
const token = (iss: unknown): string => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'ES256' })}.${part({ iss })}.c2ln`;
};

describe('The target of a request that is passed on', () => {
  it.each([
    '/product/acme/products',
    '/product/a;v=1/b.c/...',
    '/product/x%20y/%C3%BC?q=a%2Fb&q=..',
    '/api/catalog_system/pub/products/search?fq=C:/1/2/&_from=0&a[]=1|2',
    '/product/x?a=1?b=2',
  ])('stays as it is: %s', (target) => expect(passedTarget(target, ISSUER)).toBe(target));

  it('has no host', () => {
    expect(passedTarget('HTTP://evil.example:80/product/x?y', ISSUER)).toBe('/product/x?y');
  });

  it.each([
    '/product/../x',
    '/product/..',
    '/product/./x',
    '/product/%2E%2e/x',
    '/product/.%2e;a/x',
    '/product/..%3Bx/y',
    '/product//x',
    '//evil.example/product',
    '/product\\x',
    '/product/a%2Fb',
    '/product/a%5cb',
    '/product/%00',
    '/product/x#y',
    '/product/ü',
    '/product/"x"',
    'product/x',
    '*',
  ])('does not exist if another server might read it as another path: %s', (target) => {
    expect(passedTarget(target, ISSUER)).toBeUndefined();
  });

  it('omits parameters that carry credentials here, however they are written', () => {
    const query = 'accessToken=a&REFRESH_TOKEN=b&%73aas-token=c&subjectAccessToken=d&x=1&refreshToken';
    expect(passedTarget(`/product/x?${query}`, ISSUER)).toBe('/product/x?x=1');
    expect(passedTarget('/product/x?access_token=a', ISSUER)).toBe('/product/x');
  });

  it("omits this service's tokens under any name, and no others", () => {
    const [ours, foreign] = [token(ISSUER), token('https://other.example')];
    expect(passedTarget(`/product/x?a=${ours}&b=${foreign}&c=x${ours}y`, ISSUER)).toBe(
      `/product/x?b=${foreign}`,
    );
    expect(passedTarget(`/product/x?a=${ours.replaceAll('.', '%2E')}`, ISSUER)).toBe('/product/x');
    expect(passedTarget(`/product/x?a=%65${ours.slice(1)}`, ISSUER)).toBe('/product/x');
    expect(passedTarget(`/product/${ours}`, ISSUER)).toBeUndefined();
    expect(passedTarget(`/product/${foreign}`, ISSUER)).toBe(`/product/${foreign}`);
  });

  it('is not affected by what only looks like a token', () => {
    for (const text of ['eyJ', 'eyJx.eyJx.x', `eyJh.${Buffer.from('[1').toString('base64url')}.x`]) {
      expect(passedTarget(`/product/${text}?a=${text}`, ISSUER)).toBe(`/product/${text}?a=${text}`);
    }
    expect(passedTarget('/product/x?a=%zz', ISSUER)).toBe('/product/x?a=%zz');
  });
});
