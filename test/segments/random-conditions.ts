import { createHash } from 'node:crypto';

/** Mulberry32: the same numbers from the same seed, everywhere. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What a segment is made of, and what it must not notice. */
const CONDITIONS = [
  'rnb.campaigns',
  'store.channel',
  'profile.priceTables',
  'checkout.regionId',
  'public.utm_campaign',
  'public.utm_source',
  'public.utmi_campaign',
  'store.currencyCode',
  'store.currencySymbol',
  'store.countryCode',
  'store.cultureInfo',
  'store.channelPrivacy',
];
const PERSONAL = [
  'profile.email',
  'profile.id',
  'checkout.cartId',
  'public.own',
  'authentication.storeUserId',
];

/** Values that a careless encoding takes for one another. */
const VALUES = [
  '1',
  '10',
  '0',
  'null',
  'a',
  'A',
  'a,b',
  'b,a',
  'a"b',
  "a'b",
  'a\\',
  'ä',
  'a\u0308',
  'R$',
  '€',
  '{}',
  ' ',
  '=',
  '+',
  '/',
  '🎉',
];

export interface RandomConditions {
  /** As the engine holds them, in random order and with values of the person. */
  readonly values: ReadonlyMap<string, string>;
  /** Equal for equal conditions only; made without the code under test. */
  readonly identity: string;
}

/** @param seed says which conditions; `random` in which order, and for whom */
export function randomConditions(seed: number, random: (below: number) => number): RandomConditions {
  const choose = randomNumbers(seed);
  const entries = CONDITIONS.map((name): [string, string] => {
    const kind = choose(4);
    if (kind === 0) return [name, ''];
    return [name, kind === 1 ? (VALUES[0] ?? '') : (VALUES[choose(VALUES.length)] ?? '')];
  });
  const present = entries.filter(([, value]) => value !== '' || random(2) === 0);
  const noise = PERSONAL.map((name): [string, string] => [name, `${random(1_000_000)}`]);
  const shuffled = [...present, ...noise]
    .map((entry) => ({ entry, at: random(1_000_000) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ entry }) => entry);
  return { values: new Map(shuffled), identity: entries.map(([, value]) => value).join('\u0000') };
}

/** Short, so that a million fit into memory. */
export const digest = (text: string): string =>
  createHash('sha256').update(text).digest('base64').slice(0, 22);
