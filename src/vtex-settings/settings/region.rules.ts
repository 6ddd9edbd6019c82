import { readCountry } from '../../shared/iso/countries.js';
import type { Coordinates, Polygon, Region } from '../vtex-settings.types.js';
import { isWithin, shareOf } from './postal-code.rules.js';

export interface Location {
  /** ISO 3166-1 alpha-3 or alpha-2, in upper or lower case. */
  readonly country?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly coordinates?: Coordinates | undefined;
}

/** Returns the regions that a sales channel sells in. */
export const regionsOf = (regions: readonly Region[], channel: string | undefined): readonly Region[] =>
  regions.filter(({ salesChannels }) => salesChannels?.includes(channel ?? '') ?? true);

/**
 * Returns the region of a location, which must have a country, and a postal code or coordinates (M-50). The postal code
 * takes precedence. Of several regions, the smallest wins: a district before a city, and a whole country last.
 * @returns undefined when no region matches
 */
export function regionAt(
  regions: readonly Region[],
  { country, postalCode, coordinates }: Location,
): Region | undefined {
  const code = readCountry(country ?? '');
  if (code === undefined || (!postalCode && !coordinates)) return undefined;
  const there = regions.filter((region) => region.country === code);
  return (
    smallest(there, (region) => rangeSizes(region, postalCode)) ??
    smallest(there, (region) => areaSizes(region, coordinates)) ??
    smallest(there.filter(isWholeCountry), () => [0])
  );
}

const isWholeCountry = ({ postalCodes, areas }: Region): boolean =>
  postalCodes.length === 0 && areas.length === 0;

const rangeSizes = ({ postalCodes }: Region, code: string | undefined): readonly number[] =>
  code ? postalCodes.filter((range) => isWithin(code, range)).map(shareOf) : [];

const areaSizes = ({ areas }: Region, point: Coordinates | undefined): readonly number[] =>
  point ? areas.filter((area) => isInside(point, area)).map(sizeOf) : [];

/** Picks the smallest region; of equal ones the lowest id, so that a location always gives the same region (S-28). */
function smallest(
  regions: readonly Region[],
  sizesOf: (region: Region) => readonly number[],
): Region | undefined {
  const [first] = regions
    .map((region) => ({ region, size: Math.min(...sizesOf(region)) }))
    .filter(({ size }) => size < Infinity)
    .toSorted((a, b) => a.size - b.size || (a.region.id < b.region.id ? -1 : 1));
  return first?.region;
}

/** Returns each edge as two corners. The last corner joins the first. */
const edgesOf = (area: Polygon): readonly (readonly [Coordinates, Coordinates])[] =>
  area.flatMap((corner, i) => {
    const next = area[(i + 1) % area.length];
    return next ? [[corner, next] as const] : [];
  });

/** Counts the edges that a ray from the point to the east crosses. The number is odd if the point is inside. */
function isInside([x, y]: Coordinates, area: Polygon): boolean {
  const crossed = edgesOf(area).filter(
    ([[x1, y1], [x2, y2]]) => y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1),
  );
  return crossed.length % 2 === 1;
}

/** Returns the size in square degrees (shoelace formula), which is enough to compare areas that overlap. */
const sizeOf = (area: Polygon): number =>
  Math.abs(edgesOf(area).reduce((sum, [[x1, y1], [x2, y2]]) => sum + x1 * y2 - x2 * y1, 0)) / 2;

/** Numbers as JavaScript prints them: up to 17 significant digits, with an exponent below a millionth (F-55). */
const DEGREES = String.raw`[+-]?\d{1,3}(?:\.\d{1,25})?(?:[eE]-\d{1,3})?`;
const DEGREE = String.raw`"?(${DEGREES})"?`;
/** Each blank can be read in one way only, so that many of them cost no more than to read them. */
const POINT = new RegExp(String.raw`^\s*(?:\[\s*)?${DEGREE}\s*[,;]\s*${DEGREE}\s*(?:\]\s*)?$`);
/** As browsers and FastStore have it, in either order. */
const NAMED_POINT =
  /^\{"(latitude|longitude)":("?[^",]{1,40}"?),"(latitude|longitude)":("?[^",}]{1,40}"?)\}$/;

/**
 * Parses coordinates as sessions hold them: `-46.6,-23.5`, longitude first, with or without brackets; or the JSON text
 * of an object with `latitude` and `longitude`.
 * @returns undefined when the text is not a point on the earth
 */
export function parseCoordinates(text: string): Coordinates | undefined {
  const [, longitude, latitude] = POINT.exec(inOrder(text)) ?? [];
  const point = [Number(longitude), Number(latitude)] as const;
  return isOnEarth(point) ? point : undefined;
}

/** Longitude first. */
function inOrder(text: string): string {
  const [, firstName, first, secondName, second] = NAMED_POINT.exec(text) ?? [];
  if (firstName === secondName) return text;
  return firstName === 'longitude' ? `${first},${second}` : `${second},${first}`;
}

export const isOnEarth = ([longitude, latitude]: Coordinates): boolean =>
  Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
