import { describe, expect, it } from 'vitest';
import type { Region } from '../vtex-settings.types.js';
import { type Location, parseCoordinates, regionAt, regionsOf } from './region.rules.js';

const region = (id: string, country: string, over: Partial<Region> = {}): Region => ({
  id,
  country,
  postalCodes: [],
  areas: [],
  version: 1,
  ...over,
});

const square = (west: number, south: number, size: number): Region['areas'] => [
  [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
  ],
];

const REGIONS = [
  region('sao-paulo', 'BRA', { postalCodes: [{ from: '05000000', to: '05999999' }] }),
  region('a-state', 'BRA', { postalCodes: [{ from: '01000', to: '19999' }], areas: square(-50, -26, 6) }),
  region('usa', 'USA'),
  region('manhattan', 'USA', {
    postalCodes: [{ from: '10001', to: '10282' }],
    areas: square(-74.02, 40.7, 0.15),
  }),
  region('london', 'GBR', { postalCodes: [{ from: 'EC1A', to: 'EC4Y' }] }),
];

const idAt = (location: Location): string | undefined => regionAt(REGIONS, location)?.id;

describe('The region of a location', () => {
  it.each<[Location, string | undefined]>([
    [{ country: 'BRA', postalCode: '05408000' }, 'sao-paulo'],
    [{ country: 'bra', postalCode: '05408-000' }, 'sao-paulo'],
    [{ country: ' br', postalCode: '05408-000' }, 'sao-paulo'],
    [{ country: 'BRA', postalCode: '05000000' }, 'sao-paulo'],
    [{ country: 'BRA', postalCode: '05999999' }, 'sao-paulo'],
    [{ country: 'BRA', postalCode: '06000000' }, 'a-state'],
    [{ country: 'BRA', postalCode: '20000000' }, undefined],
    [{ country: 'USA', postalCode: '05408000' }, 'usa'],
    [{ country: 'USA', postalCode: '10001-1234' }, 'manhattan'],
    [{ country: 'USA', postalCode: '1000' }, 'usa'],
    [{ country: 'GBR', postalCode: 'ec2n 4ay' }, 'london'],
    [{ country: 'DEU', postalCode: '10557' }, undefined],
    [{ country: 'BRA', coordinates: [-46.6, -23.5] }, 'a-state'],
    [{ country: 'BRA', coordinates: [-23.5, -46.6] }, undefined],
    [{ country: 'USA', coordinates: [-73.98, 40.75] }, 'manhattan'],
    [{ country: 'USA', coordinates: [-122.4, 37.8] }, 'usa'],
    [{ country: 'BRA', postalCode: '05408000', coordinates: [-46.6, -23.5] }, 'sao-paulo'],
  ])('at %j is %s [M-49, S-28]', (location, id) => {
    expect(idAt(location)).toBe(id);
  });

  it.each<[Location]>([
    [{ country: 'USA' }],
    [{ postalCode: '10001' }],
    [{ coordinates: [-73.98, 40.75] }],
    [{ country: '', postalCode: '10001' }],
    [{ country: 'USA', postalCode: '' }],
    [{}],
  ])('at %j is none: that is no valid location [M-50]', (location) => {
    expect(idAt(location)).toBeUndefined();
  });

  it('is the smallest of those that overlap, whatever their order [S-28]', () => {
    const location = { country: 'BRA', postalCode: '05408000' };
    expect(regionAt(REGIONS.toReversed(), location)?.id).toBe('sao-paulo');
    const twins = ['b', 'a'].map((id) => region(id, 'BRA', { postalCodes: [{ from: '05', to: '05' }] }));
    expect(regionAt(twins, location)?.id).toBe('a');
    expect(regionAt(twins.toReversed(), location)?.id).toBe('a');
  });
});

describe('The regions of a sales channel', () => {
  it('are those for it, and those for all [F-61]', () => {
    const regions = [
      region('all', 'BRA'),
      region('shop', 'BRA', { salesChannels: ['main', 'us'] }),
      region('trade', 'BRA', { salesChannels: ['b2b'] }),
    ];
    const idsOf = (channel?: string) => regionsOf(regions, channel).map(({ id }) => id);
    expect(idsOf('main')).toEqual(['all', 'shop']);
    expect(idsOf('b2b')).toEqual(['all', 'trade']);
    expect(idsOf('other')).toEqual(['all']);
    expect(idsOf()).toEqual(['all']);
  });
});

describe('Coordinates', () => {
  it.each(['-46.6,-23.5', '[-46.6,-23.5]', ' [ -46.6 ; -23.5 ] '])(
    'are read from %j, longitude first',
    (text) => {
      expect(parseCoordinates(text)).toEqual([-46.6, -23.5]);
    },
  );

  it.each([
    [0.1 + 0.2, -46.633309999999994],
    [-179.99999999999997, 89.99999999999999],
    [0.12345678901234568, -0.000001234567890123456],
    [1.5e-7, 5e-324],
    [180, -90],
  ])('are read as JavaScript prints them: %d,%d [F-55]', (longitude, latitude) => {
    for (const text of [`${longitude},${latitude}`, JSON.stringify([longitude, latitude])]) {
      expect(parseCoordinates(text)).toEqual([longitude, latitude]);
    }
  });

  it.each<[string, unknown]>([
    ['the object of a browser and of FastStore', { latitude: -23.5, longitude: -46.6 }],
    ['such an object with texts', { longitude: '-46.6', latitude: '-23.5' }],
    ['a list of texts', ['-46.6', '-23.5']],
  ])('are read from the JSON of %s [F-55]', (_what, value) => {
    expect(parseCoordinates(JSON.stringify(value))).toEqual([-46.6, -23.5]);
  });

  it.each<unknown>([
    { latitude: 91, longitude: 0 },
    { latitude: 1 },
    {},
    { lat: 1, lon: 2 },
    { latitude: [1], longitude: 2 },
  ])('are not the JSON of %j', (value) => expect(parseCoordinates(JSON.stringify(value))).toBeUndefined());

  it.each(['', '1', '1,2,3', '181,0', '0,91', 'NaN,1', '1e1,2', 'a,b', '[1,2'.repeat(99)])(
    'are not %j',
    (text) => {
      expect(parseCoordinates(text)).toBeUndefined();
    },
  );
});
