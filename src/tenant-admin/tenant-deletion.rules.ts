import type { TenantDeletion } from '../tenant/tenant-deletion.types.js';

/**
 * Exceeds the five seconds in which another instance may still take the tenant for switched on, and the time of any
 * request that began before.
 */
const SETTLES_AFTER_MS = 60_000;

export const begun = (tenant: string, job: string, now: Date): TenantDeletion => ({
  tenant,
  job,
  requestedAt: now,
  done: 0,
});

export const isDue = ({ settlesAt, finishedAt }: TenantDeletion, now: Date): boolean =>
  finishedAt === undefined && (settlesAt === undefined || settlesAt <= now);

/**
 * Ends a pass that has removed everything. The first such pass waits for requests that may still write; the second one
 * finishes the deletion.
 */
export const passed = (deletion: TenantDeletion, now: Date): TenantDeletion =>
  deletion.settlesAt === undefined
    ? { ...deletion, settlesAt: new Date(now.getTime() + SETTLES_AFTER_MS) }
    : { ...deletion, finishedAt: now };
