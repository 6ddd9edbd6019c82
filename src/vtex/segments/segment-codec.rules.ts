import { InvalidInput } from '../../shared/domain-error.js';

/** In the order of the token (behaviour W-72). */
export const SEGMENT_KEYS = [
  'campaigns',
  'channel',
  'priceTables',
  'regionId',
  'utm_campaign',
  'utm_source',
  'utmi_campaign',
  'currencyCode',
  'currencySymbol',
  'countryCode',
  'cultureInfo',
  'channelPrivacy',
] as const;

/** The commercial conditions of a session; null: not set. Nothing in it is of one person (S-22). */
export type Segment = { readonly [K in (typeof SEGMENT_KEYS)[number]]: string | null };

/** A link's values can be of any length, a cookie can't: what is longer counts by its beginning. */
const LONGEST_OF_LINK = 200;

export function segmentOf(values: ReadonlyMap<string, string>): Segment {
  const value = (parameter: string): string | null => values.get(parameter) || null;
  const link = (name: string): string | null => value(`public.${name}`)?.slice(0, LONGEST_OF_LINK) ?? null;
  return {
    campaigns: value('rnb.campaigns'),
    channel: value('store.channel'),
    priceTables: value('profile.priceTables'),
    regionId: value('checkout.regionId'),
    utm_campaign: link('utm_campaign'),
    utm_source: link('utm_source'),
    utmi_campaign: link('utmi_campaign'),
    currencyCode: value('store.currencyCode'),
    currencySymbol: value('store.currencySymbol'),
    countryCode: value('store.countryCode'),
    cultureInfo: value('store.cultureInfo'),
    channelPrivacy: value('store.channelPrivacy'),
  };
}

/** What a query can overrule in its own answer (W-74); prices and regions are the session's alone. */
const OVERRULABLE = ['cultureInfo', 'utm_campaign', 'utm_source', 'utmi_campaign'] as const;

export function overruled(segment: Segment, query: unknown): Segment {
  const given = new Map(Object.entries(typeof query === 'object' && query !== null ? query : {}));
  const values = OVERRULABLE.flatMap((key) => {
    const value: unknown = given.get(key);
    return typeof value === 'string' && value !== '' ? [[key, value.slice(0, LONGEST_OF_LINK)]] : [];
  });
  return { ...segment, ...Object.fromEntries(values) };
}

/** Equal conditions give equal bytes (S-19), different ones different bytes (S-20). */
export const encodeSegment = (segment: Segment): string =>
  Buffer.from(JSON.stringify(segment, [...SEGMENT_KEYS])).toString('base64');

/** @throws InvalidInput - it is not as this service writes them */
export const decodeSegment = (token: string): Segment => decodeFirstSegment([token]);

/** The first that can be read (F-23). @throws InvalidInput - none is as this service writes them */
export function decodeFirstSegment(tokens: readonly string[]): Segment {
  for (const token of tokens) {
    const segment = parsed(token);
    if (segment && encodeSegment(segment) === token) return segment;
  }
  throw InvalidInput.of('segmentToken', 'is not one that this service has made');
}

function parsed(token: string): Segment | undefined {
  try {
    const given: unknown = JSON.parse(Buffer.from(token, 'base64').toString());
    return isSegment(given) ? given : undefined;
  } catch {
    return undefined;
  }
}

function isSegment(given: unknown): given is Segment {
  if (typeof given !== 'object' || given === null) return false;
  const values = Object.values(given);
  return (
    Object.keys(given).join() === SEGMENT_KEYS.join() &&
    values.every((value) => value === null || typeof value === 'string')
  );
}
