import { describe, expect, it } from 'vitest';
import { EMPORIX_FAMILIES, familyOf, notServedHere, VTEX_FAMILIES } from './families.rules.js';

/** First segments of the paths that this service serves itself. */
const SERVED = [
  'cart',
  'customer',
  'customerlogin',
  'oauth',
  'price',
  'session-context',
  'customer-management',
  'site',
  'admin',
  'docs',
];

describe('The family of a request', () => {
  it.each([
    ['/product/acme/products?q=/api/oms', 'emporix', '/product'],
    ['/product', 'emporix', '/product'],
    ['/api/oms/pvt/orders', 'vtex', '/api/oms'],
    ['/api/oms?an=acme', 'vtex', '/api/oms'],
    ['http://shop.example/api/oms/x', 'vtex', '/api/oms'],
    ['/_v/segment/x', 'vtex', '/_v'],
  ])('is recognized by the path: %s', (target, platform, prefix) => {
    expect(familyOf(target)).toEqual({ platform, prefix });
  });

  it.each([
    '/',
    '',
    '*',
    '/products',
    '/api',
    '/api/',
    '/oms/x',
    '//product/x',
    '/Product/x',
    '/constructor/x',
    '/?/product',
  ])('does not exist for a path outside every family: %s', (target) =>
    expect(familyOf(target)).toBeUndefined(),
  );

  it('is never one that is served here', () => {
    for (const name of SERVED) expect(familyOf(`/${name}/acme`)).toBeUndefined();
    for (const name of ['sessions', 'segments', 'vtexid']) expect(familyOf(`/api/${name}/x`)).toBeUndefined();
  });

  it('is listed once', () => {
    const all = [...EMPORIX_FAMILIES, ...VTEX_FAMILIES];
    expect(new Set(all).size).toBe(all.length);
  });

  it('is refused with a hint what to do', () => {
    expect(notServedHere({ platform: 'vtex', prefix: '/api/oms' }, undefined)).toBe(
      '/api/oms belongs to VTEX, and this service is only the session layer. To pass such requests on, set ' +
        'UPSTREAM_VTEX. See docs/clients.md of onesession',
    );
  });
});
