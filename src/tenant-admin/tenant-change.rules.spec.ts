import { describe, expect, it } from 'vitest';
import { VersionConflict } from '../shared/domain-error.js';
import type { Tenant } from '../tenant/tenant.types.js';
import { changedTenant, isOn, switchedOff, versionOf } from './tenant-change.rules.js';

const NOW = new Date('2026-01-15T12:00:00Z');
const stored: Tenant = { name: 'acme', settings: { doubleOptIn: true }, version: 3 };

describe('A tenant that changes', () => {
  it('gets what the change says, keeps the rest, and grows by a version', () => {
    const changed = { ...stored, version: 4, modifiedAt: NOW, enabled: true };
    expect(changedTenant(stored, {}, 3, NOW)).toEqual(changed);
    expect(changedTenant(stored, { enabled: false, settings: {} }, 3, NOW)).toEqual({
      ...changed,
      enabled: false,
      settings: {},
    });
    expect(changedTenant({ ...stored, enabled: false }, {}, 3, NOW).enabled).toBe(false);
  });

  it('is refused from any other version', () => {
    for (const expected of [2, 4])
      expect(() => changedTenant(stored, {}, expected, NOW)).toThrow(VersionConflict);
  });

  it('is on and of version 1 if its record says nothing of that', () => {
    const { version: _none, ...old } = stored;
    expect([isOn(old), versionOf(old)]).toEqual([true, 1]);
    expect(changedTenant(old, {}, 1, NOW).version).toBe(2);
  });

  it('is switched off once, with a version that no change in flight expects', () => {
    const off = switchedOff(stored, NOW);
    expect(off).toEqual({ ...stored, enabled: false, modifiedAt: NOW, version: 4 });
    expect(switchedOff(off, NOW)).toBe(off);
  });
});
