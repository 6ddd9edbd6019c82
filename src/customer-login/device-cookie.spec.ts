import type { FastifyRequest } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LoginServices } from '../../test/support/people/login-services.js';
import { DeviceCookie } from './device-cookie.js';

describe('The cookie of a device', () => {
  let services: LoginServices;
  let cookies: DeviceCookie;
  const of = (headers: Record<string, string>, tenant = 'acme') =>
    cookies.of({ headers, protocol: 'https', host: 'api.acme.test' } as FastifyRequest, tenant);

  beforeAll(async () => {
    services = await LoginServices.open();
    const vtex = { allowedOrigins: ['https://shop.acme.test'] };
    await services.storage.tenants.create({ name: 'acme', settings: { vtex } });
    cookies = new DeviceCookie(services.tenants, services.config);
  });
  afterAll(() => services.close());

  it('is each of its name, in the order of the header [D-22]', async () => {
    const name = services.config.VTEX_SESSION_COOKIE;
    expect(await of({ cookie: `${name}=one; other=x; ${name}=two` })).toEqual(['one', 'two']);
  });

  it('costs nothing where there is none: no setting is read', async () => {
    const read = vi.spyOn(services.tenants, 'vtexSettings');
    expect(await of({})).toEqual([]);
    expect(await of({ cookie: 'other=x' })).toEqual([]);
    expect(read).not.toHaveBeenCalled();
  });

  it('is not used by a page that the tenant does not allow, nor by any of an unknown tenant [X-15]', async () => {
    const cookie = `${services.config.VTEX_SESSION_COOKIE}=one`;
    const from = (origin: string) => ({ cookie, origin, 'sec-fetch-site': 'cross-site' });
    expect(await of(from('https://evil.test'))).toEqual([]);
    expect(await of(from('https://shop.acme.test'))).toEqual(['one']);
    expect(await of(from('https://shop.acme.test'), 'nobody')).toEqual([]);
  });
});
