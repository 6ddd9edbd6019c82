import { describe, expect, it } from 'vitest';
import { latestByTenant } from './interest.rules.js';

const [early, late] = [new Date(1_000), new Date(2_000)];
const tenant = 'acme';

describe('Interests of one tenant', () => {
  it.each([
    [[early, late], late],
    [[late, early], late],
    [[late, undefined], undefined],
    [[undefined, late], undefined],
  ] as const)('count until the latest of their ends, or for ever: %j [D-42]', (ends, latest) => {
    const found = latestByTenant(ends.map((until) => ({ tenant, until })));
    expect([...found]).toEqual([[tenant, latest]]);
  });
});
