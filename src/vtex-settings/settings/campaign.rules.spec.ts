import { describe, expect, it } from 'vitest';
import type { Campaign, CampaignRule } from '../vtex-settings.types.js';
import { campaignsFor, meets } from './campaign.rules.js';

const campaign = (id: string, ...rules: CampaignRule[]): Campaign => ({ id, rules, version: 1 });

describe('A rule of a campaign', () => {
  it.each<[string, CampaignRule, Parameters<typeof meets>[0], boolean]>([
    ['the exact address', { email: 'anna@acme.test' }, { email: 'Anna@Acme.test' }, true],
    ['another address', { email: 'anna@acme.test' }, { email: 'ben@acme.test' }, false],
    ['an address of the domain', { email: '@acme.test' }, { email: 'ben@acme.test' }, true],
    ['an address of a subdomain', { email: '@acme.test' }, { email: 'ben@evil.acme.test' }, false],
    [
      'an address of a domain that ends like it',
      { email: '@acme.test' },
      { email: 'ben@notacme.test' },
      false,
    ],
    ['no address', { email: '@acme.test' }, {}, false],
    ['a member', { group: 'gold' }, { groups: ['silver', 'gold'] }, true],
    ['no member', { group: 'gold' }, { groups: ['Gold'] }, false],
    ['nobody known', { group: 'gold' }, {}, false],
    [
      'the campaign of a link, in another case',
      { utm_campaign: 'black friday' },
      { utm_campaign: 'Black Friday' },
      true,
    ],
    ['another campaign', { utm_campaign: 'black friday' }, { utm_campaign: 'black fridays' }, false],
    ['the source of a link', { utm_source: 'google' }, { utm_source: 'google' }, true],
    ['an empty source', { utm_source: 'google' }, { utm_source: '' }, false],
    ['a code with the prefix', { postalCode: { prefix: '05' } }, { postalCode: '05408-000' }, true],
    ['a code without it', { postalCode: { prefix: '05' } }, { postalCode: '10500000' }, false],
    [
      'a code of the range',
      { postalCode: { from: '05000', to: '05999' } },
      { postalCode: '05408-000' },
      true,
    ],
    ['a code behind it', { postalCode: { from: '05000', to: '05999' } }, { postalCode: '06000-000' }, false],
    [
      'a code of the country',
      { postalCode: { prefix: '05', country: 'BRA' } },
      { postalCode: '05408', country: 'bra' },
      true,
    ],
    [
      'a code of a range of it',
      { postalCode: { from: '05', to: '06', country: 'BRA' } },
      { postalCode: '05408', country: 'BR' },
      true,
    ],
    [
      'a code of another country',
      { postalCode: { prefix: '05', country: 'BRA' } },
      { postalCode: '05408', country: 'USA' },
      false,
    ],
    [
      'a code of no country',
      { postalCode: { prefix: '05', country: 'BRA' } },
      { postalCode: '05408' },
      false,
    ],
    ['all of several', { group: 'gold', utm_source: 'x' }, { groups: ['gold'], utm_source: 'x' }, true],
    ['one of several', { group: 'gold', utm_source: 'x' }, { groups: ['gold'] }, false],
    ['everybody, as it has no conditions', {}, { email: 'anna@acme.test' }, false],
  ])('is met or not by %s [M-10, M-47]', (_, rule, audience, met) => {
    expect(meets(audience, rule)).toBe(met);
  });
});

describe('The campaigns of a shopper', () => {
  const campaigns = [
    campaign('west', { postalCode: { prefix: '05' } }),
    campaign('vip', { utm_campaign: 'black friday' }, { group: 'gold' }),
    campaign('none'),
  ];

  it('are exactly those of which a rule is met, in order [M-08, M-47, S-29]', () => {
    expect(campaignsFor(campaigns, { groups: ['gold'], postalCode: '05408000' })).toEqual(['vip', 'west']);
    expect(campaignsFor(campaigns, { utm_campaign: 'black friday' })).toEqual(['vip']);
  });

  it('are gone when the values are [M-10, M-47]', () => {
    expect(campaignsFor(campaigns, {})).toEqual([]);
  });
});
