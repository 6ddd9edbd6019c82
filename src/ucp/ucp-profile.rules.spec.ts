import { describe, expect, it } from 'vitest';
import { endpointAt, profileOf } from './ucp-profile.rules.js';

const ISSUER = 'https://api.example.com';

describe('The profile of a business', () => {
  it('is at the host names that the settings give it, whatever their case', () => {
    const settings = { ISSUER, UCP_HOSTS: new Map([['shop.acme.com', 'acme']]) };
    expect(endpointAt('Shop.Acme.com', settings)).toBe('https://shop.acme.com/ucp/acme');
    expect(endpointAt('shop.acme.com.', settings)).toBe('https://shop.acme.com/ucp/acme');
    expect(endpointAt('evil.example', settings)).toBeUndefined();
  });

  it('is that of the default tenant elsewhere, at the address of the service', () => {
    const settings = { ISSUER, UCP_DEFAULT_TENANT: 'acme' };
    expect(endpointAt('evil.example', settings)).toBe('https://api.example.com/ucp/acme');
  });

  it('offers carts by REST and nothing else', () => {
    const { ucp } = profileOf('https://api.example.com/ucp/acme');
    expect(Object.keys(ucp.capabilities)).toEqual(['dev.ucp.shopping.cart']);
    expect(ucp.services['dev.ucp.shopping']).toMatchObject([
      { transport: 'rest', endpoint: 'https://api.example.com/ucp/acme' },
    ]);
    expect(ucp.payment_handlers).toEqual({});
  });
});
