import { beforeEach, describe, expect, it } from 'vitest';
import { standIn } from '../../test/support/stand-in.js';
import { TestClock } from '../../test/support/test-clock.js';
import { readConfig } from '../config/config.schema.js';
import type { TenantRepository } from './tenant.repository.js';
import { TenantService } from './tenant.service.js';
import type { Tenant } from './tenant.types.js';

describe('The settings of a tenant', () => {
  let clock: TestClock;
  let stored: Tenant | undefined;
  let reads: number;
  let tenants: TenantService;
  beforeEach(() => {
    clock = new TestClock();
    reads = 0;
    const find = async () => {
      reads += 1;
      return stored;
    };
    tenants = new TenantService(standIn<TenantRepository>({ find }), readConfig({ NODE_ENV: 'test' }), clock);
  });
  const on: Tenant = { name: 'acme', settings: { vtex: { crossSiteCookies: true }, cartAtLogin: 'merge' } };

  it('are read once in five seconds, and at once after a change of this instance', async () => {
    stored = on;
    expect(await tenants.cartAtLogin('acme')).toBe('merge');
    stored = { ...on, settings: {} };
    clock.advanceSeconds(4);
    expect(await tenants.cartAtLogin('acme')).toBe('merge');
    expect(reads).toBe(1);
    clock.advanceSeconds(1);
    expect(await tenants.cartAtLogin('acme')).toBe('keep');
    stored = on;
    tenants.forget('acme');
    expect(await tenants.cartAtLogin('acme')).toBe('merge');
  });

  it('are those of no account while it is switched off, and back at once when it is switched on', async () => {
    stored = on;
    expect(await tenants.vtexSettings('acme')).toEqual({ crossSiteCookies: true });
    stored = { ...on, enabled: false };
    clock.advanceSeconds(5);
    expect(await tenants.vtexSettings('acme')).toBeUndefined();
    stored = { ...on, enabled: true };
    expect(await tenants.vtexSettings('acme')).toEqual({ crossSiteCookies: true });
    stored = undefined;
    clock.advanceSeconds(5);
    expect(await tenants.vtexSettings('acme')).toBeUndefined();
  });
});
