import { describe, expect, it } from 'vitest';
import { TestClock } from '../../test/support/test-clock.js';
import { RememberedOfTenants } from './remembered.js';

describe('Something that each tenant has one of', () => {
  it('is the same object as long as it is equal, however often it was read again', async () => {
    let stored: { readonly names: readonly string[] } | undefined = { names: ['a', 'b'] };
    const clock = new TestClock();
    const remembered = new RememberedOfTenants(clock, async () => structuredClone(stored));
    const before = await remembered.of('acme');
    clock.advanceSeconds(5);
    expect(await remembered.of('acme')).toBe(before);
    stored = { names: ['b', 'a'] };
    clock.advanceSeconds(5);
    expect(await remembered.of('acme')).toEqual(stored);
    stored = undefined;
    clock.advanceSeconds(5);
    expect(await remembered.of('acme')).toBeUndefined();
  });
});
