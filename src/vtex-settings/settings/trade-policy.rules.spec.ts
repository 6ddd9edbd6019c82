import { describe, expect, it } from 'vitest';
import { aSite } from '../../../test/support/data/builders.js';
import { isPrivate, policyOf, requestedPolicy } from './trade-policy.rules.js';

const POLICIES = [
  aSite('main', { default: true }),
  aSite('us'),
  aSite('old', { active: false }),
  aSite('b2b', { onlyForGroups: ['gold', 'trade'] }),
  aSite('nobody', { onlyForGroups: [] }),
];

describe('A trade policy that is asked for', () => {
  it.each([
    ['us', [], 'us'],
    ['b2b', ['trade'], 'b2b'],
    ['b2b', [], undefined],
    ['b2b', ['silver'], undefined],
    ['old', ['gold'], undefined],
    ['nobody', ['gold'], undefined],
    ['missing', [], undefined],
  ])('%s by a member of %j is %s [M-32, M-33, M-34]', (code, groups, got) => {
    expect(requestedPolicy(POLICIES, { groups }, code)?.code).toBe(got);
  });

  it('is private when it is for groups only [W-76]', () => {
    expect(POLICIES.filter(isPrivate).map(({ code }) => code)).toEqual(['b2b', 'nobody']);
  });
});

describe('The trade policy of a request that names none', () => {
  it.each([
    [{ groups: [] }, 'main'],
    [{ groups: [], preferredSite: 'us' }, 'us'],
    [{ groups: ['gold'], preferredSite: 'b2b' }, 'b2b'],
    [{ groups: [], preferredSite: 'b2b' }, 'main'],
    [{ groups: [], preferredSite: 'old' }, 'main'],
    [{ groups: [], preferredSite: 'missing' }, 'main'],
  ])('of %j is %s [M-31]', (user, code) => {
    expect(policyOf(POLICIES, user)?.code).toBe(code);
  });

  it('is none in an account without sites', () => {
    expect(policyOf([], { groups: [] })).toBeUndefined();
  });
});
