import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Storage } from '../../src/storage/storage.js';

/** Enough that no store keeps it in a single block of a disk. */
const TENANTS = 50;

/** What every adapter promises about the room that it takes, and the room that is left. */
export function spaceContract(storage: () => Storage): void {
  it('tells in bytes how much is used and how much is free, as finite whole numbers', async () => {
    const create = () =>
      storage().tenants.create({ name: `t${randomBytes(6).toString('hex')}`, settings: {} });
    await Promise.all(Array.from({ length: TENANTS }, create));
    const { usedBytes, freeBytes } = await storage().space();
    for (const bytes of [usedBytes, freeBytes]) {
      expect(Number.isSafeInteger(bytes)).toBe(true);
      expect(bytes).toBeGreaterThan(0);
    }
    expect(usedBytes).toBeGreaterThanOrEqual(4_096);
  });

  it('writes nothing when it is asked, and answers twenty that ask at once', async () => {
    const asked = await Promise.all(Array.from({ length: 20 }, () => storage().space()));
    expect(asked).toHaveLength(20);
    const { usedBytes } = await storage().space();
    expect(usedBytes).toBeGreaterThanOrEqual(asked[0]?.usedBytes ?? Number.NaN);
  });
}
