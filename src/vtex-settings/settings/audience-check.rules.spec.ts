import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/domain-error.js';
import type { CampaignRule, Coordinates, Draft, Polygon } from '../vtex-settings.types.js';
import { checkedCampaign, checkedRegion } from './audience-check.rules.js';

const campaign = (...rules: CampaignRule[]): Draft<'campaigns'> => ({ id: 'spring', rules });
const region = (over: Partial<Draft<'regions'>>): Draft<'regions'> => ({
  id: 'south',
  country: 'BRA',
  postalCodes: [],
  areas: [],
  ...over,
});
const ring = (corners: number): Polygon =>
  Array.from({ length: corners }, (_, i): Coordinates => [i / corners, (i * i) / corners ** 2]);

function fieldsOf(ask: () => unknown): readonly string[] {
  try {
    ask();
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ field }) => field);
    throw error;
  }
  return [];
}
const ofRule = (rule: CampaignRule) => fieldsOf(() => checkedCampaign(campaign(rule)));
const ofRange = (from: string, to: string) =>
  fieldsOf(() => checkedRegion(region({ postalCodes: [{ from, to }] })));
const ofArea = (area: Polygon) => fieldsOf(() => checkedRegion(region({ areas: [area] })));

describe('A campaign', () => {
  it('is accepted as it is when each rule has a condition, or when it has no rules', () => {
    const draft = campaign({ email: '@acme.test' }, { postalCode: { prefix: '054' } });
    expect(checkedCampaign(draft)).toBe(draft);
    expect(fieldsOf(() => checkedCampaign(campaign()))).toEqual([]);
  });

  it('is refused for a rule without conditions, which everybody would meet', () => {
    expect(ofRule({})).toEqual(['rules.0']);
    expect(ofRule({ email: undefined, group: undefined } as unknown as CampaignRule)).toEqual(['rules.0']);
  });

  it('is refused for postal codes that are none, as a prefix or as a range', () => {
    expect(ofRule({ postalCode: { prefix: ' - ' } })).toEqual(['rules.0.postalCode.prefix']);
    expect(ofRule({ group: 'vip', postalCode: { prefix: '12345678901' } })).toEqual([
      'rules.0.postalCode.prefix',
    ]);
    expect(ofRule({ postalCode: { from: '200', to: '100' } })).toEqual(['rules.0.postalCode.to']);
  });

  it('is refused with every problem at once, each at the place of its rule', () => {
    const draft = campaign({}, { group: 'vip' }, { postalCode: { from: '', to: '*' } });
    expect(fieldsOf(() => checkedCampaign(draft))).toEqual([
      'rules.0',
      'rules.2.postalCode.from',
      'rules.2.postalCode.to',
    ]);
  });
});

describe('A range of postal codes', () => {
  it('may be a single code, and may be spelled with spaces, hyphens and small letters', () => {
    expect(ofRange('05408', '05408')).toEqual([]);
    expect(ofRange('01000-000', '05999999')).toEqual([]);
    expect(ofRange('ec1a 1aa', 'EC1A9ZZ')).toEqual([]);
  });

  it('is refused when it ends before it begins, or with a code of another length', () => {
    expect(ofRange('05409', '05408')).toEqual(['postalCodes.0.to']);
    expect(ofRange('0540', '05408')).toEqual(['postalCodes.0.to']);
  });
});

describe('An area', () => {
  it('has 3 to 500 corners', () => {
    expect(ofArea(ring(3))).toEqual([]);
    expect(ofArea(ring(500))).toEqual([]);
    expect(ofArea(ring(2))).toEqual(['areas.0']);
    expect(ofArea(ring(501))).toEqual(['areas.0']);
  });

  it('is refused for a corner that is not on the earth, or is no pair', () => {
    const with3rd = (corner: readonly number[]) => ofArea([[0, 0], [1, 0], corner as unknown as Coordinates]); // prettier-ignore
    expect(with3rd([180, -90])).toEqual([]);
    expect(with3rd([181, 0])).toEqual(['areas.0']);
    expect(with3rd([0, 91])).toEqual(['areas.0']);
    expect(with3rd([1, 1, 5])).toEqual(['areas.0']);
    expect(with3rd([1])).toEqual(['areas.0']);
  });
});

describe('A region', () => {
  it('is accepted as it is without postal codes and areas, as a whole country', () => {
    const draft = region({});
    expect(checkedRegion(draft)).toBe(draft);
  });

  it('is refused with every problem at once, in postal codes and areas alike', () => {
    const draft = region({
      postalCodes: [{ from: '100', to: '199' }, { from: '?', to: '199' }], // prettier-ignore
      areas: [ring(3), ring(1)],
    });
    expect(fieldsOf(() => checkedRegion(draft))).toEqual(['postalCodes.1.from', 'areas.1']);
  });
});
