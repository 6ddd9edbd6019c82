import { InvalidInput, type Problem } from '../../shared/domain-error.js';
import type { CampaignRule, Draft, Polygon, PostalCodeRange } from '../vtex-settings.types.js';
import { isPostalCode, normalPostalCode } from './postal-code.rules.js';
import { isOnEarth } from './region.rules.js';

const MOST_CORNERS = 500;

/** @throws InvalidInput - names every problem */
export function checkedCampaign(draft: Draft<'campaigns'>): Draft<'campaigns'> {
  refuse(draft.rules.flatMap((rule, i) => problemsOfRule(rule, `rules.${i}`)));
  return draft;
}

/** @throws InvalidInput - names every problem */
export function checkedRegion(draft: Draft<'regions'>): Draft<'regions'> {
  refuse([
    ...draft.postalCodes.flatMap((range, i) => problemsOfRange(range, `postalCodes.${i}`)),
    ...draft.areas.flatMap((area, i) => problemsOfArea(area, `areas.${i}`)),
  ]);
  return draft;
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InvalidInput(problems);
}

function problemsOfRule(rule: CampaignRule, field: string): readonly Problem[] {
  const { postalCode } = rule;
  if (Object.values(rule).every((condition) => condition === undefined)) {
    return [
      { field, message: 'must name at least one of email, group, utm_source, utm_campaign, postalCode' },
    ];
  }
  if (postalCode === undefined) return [];
  if (!('prefix' in postalCode)) return problemsOfRange(postalCode, `${field}.postalCode`);
  return problemsOfCode(postalCode.prefix, `${field}.postalCode.prefix`);
}

function problemsOfCode(code: string, field: string): readonly Problem[] {
  if (isPostalCode(code)) return [];
  return [{ field, message: 'must be 1 to 10 letters and digits, not counting spaces, dots and hyphens' }];
}

function problemsOfRange({ from, to }: PostalCodeRange, field: string): readonly Problem[] {
  const problems = [...problemsOfCode(from, `${field}.from`), ...problemsOfCode(to, `${field}.to`)];
  const [first, last] = [normalPostalCode(from), normalPostalCode(to)];
  if (problems.length > 0 || (first.length === last.length && first <= last)) return problems;
  return [{ field: `${field}.to`, message: 'must be as long as `from`, and not before it' }];
}

function problemsOfArea(area: Polygon, field: string): readonly Problem[] {
  const wellFormed = area.every((corner) => corner.length === 2 && isOnEarth(corner));
  if (wellFormed && area.length >= 3 && area.length <= MOST_CORNERS) return [];
  const message = `must be 3 to ${MOST_CORNERS} corners, each [longitude, latitude] in degrees`;
  return [{ field, message }];
}
