import { expect, it } from 'vitest';
import { newId } from '../../src/shared/ids.js';
import type { TenantDeletionRepository } from '../../src/tenant/tenant-deletion.repository.js';
import type { TenantDeletion } from '../../src/tenant/tenant-deletion.types.js';
import { BUILT_AT } from '../support/data/builders.js';

const aDeletion = (over: Partial<TenantDeletion> = {}): TenantDeletion => ({
  tenant: `t${newId().slice(0, 10)}`,
  job: newId(),
  requestedAt: BUILT_AT,
  done: 0,
  ...over,
});

/** What every adapter promises for deletions of tenants. */
export function tenantDeletionContract(deletions: () => TenantDeletionRepository): void {
  it('returns a deletion as it was saved last, and none of a tenant that nobody deletes', async () => {
    const one = aDeletion();
    await deletions().save(one);
    expect(await deletions().find(one.tenant)).toEqual(one);
    const later = { ...one, done: 7, settlesAt: BUILT_AT, finishedAt: BUILT_AT };
    await deletions().save(later);
    expect(await deletions().find(one.tenant)).toEqual(later);
    expect(await deletions().find('nobody')).toBeUndefined();
  });

  it('lists all of them, finished ones too, by the names of the tenants', async () => {
    const both = [aDeletion({ finishedAt: BUILT_AT }), aDeletion()];
    for (const one of both) await deletions().save(one);
    const listed = await deletions().list();
    expect(listed).toEqual(expect.arrayContaining(both));
    const names = listed.map(({ tenant }) => tenant);
    expect(names).toEqual(names.toSorted());
  });

  it('forgets one that is removed, and takes the removal of none', async () => {
    const one = aDeletion();
    await deletions().save(one);
    await deletions().remove(one.tenant);
    await deletions().remove(one.tenant);
    expect(await deletions().find(one.tenant)).toBeUndefined();
  });
}
