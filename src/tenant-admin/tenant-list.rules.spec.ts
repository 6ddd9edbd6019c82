import { describe, expect, it } from 'vitest';
import type { Tenant } from '../tenant/tenant.types.js';
import { pageOf } from './tenant-list.rules.js';

const aTenant = (name: string, createdAt?: number): Tenant => ({
  name,
  settings: {},
  ...(createdAt !== undefined && { createdAt: new Date(createdAt) }),
});

const names = (page: ReturnType<typeof pageOf>) => page.tenants.map(({ name }) => name);

describe('A page of tenants', () => {
  const all = [aTenant('old'), aTenant('b', 1), aTenant('new', 2), aTenant('a', 1)];

  it('has the newest first, those of one moment by name, and those of an unknown one last', () => {
    expect(names(pageOf(all, 10))).toEqual(['new', 'a', 'b', 'old']);
    expect(pageOf(all, 4).next).toBeUndefined();
    expect(pageOf([], 4)).toEqual({ tenants: [], next: undefined });
  });

  it('goes on behind the last tenant of the page before, also if that is gone or others came', () => {
    const first = pageOf(all, 2);
    expect(first.next).toEqual({ createdAt: 1, name: 'a' });
    const changed = [...all.filter(({ name }) => name !== 'a'), aTenant('newer', 3), aTenant('a0', 1)];
    expect(names(pageOf(changed, 2, first.next))).toEqual(['a0', 'b']);
    expect(names(pageOf(changed, 2, { createdAt: 1, name: 'b' }))).toEqual(['old']);
  });
});
