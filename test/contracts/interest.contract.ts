import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { InterestRepository } from '../../src/events/interest.repository.js';

const NOW = new Date();
const after = (ms: number): Date => new Date(NOW.getTime() + ms);
const newTenant = (): string => `t${randomBytes(6).toString('hex')}`;
const HOUR_MS = 3_600_000;

export function interestContract(interests: () => InterestRepository): void {
  describe('Interests in events', () => {
    let tenant: string;
    beforeEach(() => void (tenant = newTenant()));

    const known = (now = NOW) => interests().tenants(now);

    it('name their tenant until they are removed [D-42]', async () => {
      expect((await known()).has(tenant)).toBe(false);
      await interests().save(tenant, { id: 'one' });
      await interests().save(tenant, { id: 'two' });
      expect((await known()).has(tenant)).toBe(true);
      expect((await known()).get(tenant)).toBeUndefined();
      await interests().remove(tenant, 'one');
      expect((await known()).has(tenant)).toBe(true);
      await interests().remove(tenant, 'two');
      await interests().remove(tenant, 'two');
      expect((await known()).has(tenant)).toBe(false);
    });

    it('that have an end count until then, and can be renewed [D-42]', async () => {
      await interests().save(tenant, { id: 'stream', until: after(HOUR_MS) });
      expect((await known()).get(tenant)).toEqual(after(HOUR_MS));
      await interests().save(tenant, { id: 'stream', until: after(2 * HOUR_MS) });
      expect((await known()).get(tenant)).toEqual(after(2 * HOUR_MS));
      expect((await known(after(2 * HOUR_MS))).has(tenant)).toBe(false);
    });

    it('count until the latest of their ends, or for ever [D-42]', async () => {
      await interests().save(tenant, { id: 'a', until: after(2 * HOUR_MS) });
      await interests().save(tenant, { id: 'b', until: after(HOUR_MS) });
      expect((await known()).get(tenant)).toEqual(after(2 * HOUR_MS));
      await interests().save(tenant, { id: 'c' });
      expect((await known()).has(tenant)).toBe(true);
      expect((await known()).get(tenant)).toBeUndefined();
    });
  });
}
