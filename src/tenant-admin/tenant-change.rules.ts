import { VersionConflict } from '../shared/domain-error.js';
import type { Tenant, TenantSettings } from '../tenant/tenant.types.js';

export const versionOf = ({ version = 1 }: Tenant): number => version;

export const isOn = ({ enabled = true }: Tenant): boolean => enabled;

export interface Changes {
  readonly enabled?: boolean | undefined;
  /** All of them. */
  readonly settings?: TenantSettings | undefined;
}

/** @throws VersionConflict */
export function expectVersion(current: Tenant, expected: number): void {
  if (versionOf(current) !== expected) throw new VersionConflict(expected, versionOf(current));
}

/** Returns the tenant with these changes. @throws VersionConflict */
export function changedTenant(current: Tenant, changes: Changes, expected: number, now: Date): Tenant {
  expectVersion(current, expected);
  const { enabled = isOn(current), settings = current.settings } = changes;
  return { ...current, settings, enabled, modifiedAt: now, version: expected + 1 };
}

/** Returns the tenant switched off, or itself if it is. Its version grows, so that no change in flight switches it on. */
export const switchedOff = (current: Tenant, now: Date): Tenant =>
  isOn(current) ? { ...current, enabled: false, modifiedAt: now, version: versionOf(current) + 1 } : current;
