import { InvalidInput } from '../../shared/domain-error.js';
import { isJsonObject, type JsonObject } from '../../shared/json.js';

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

/** What links call `utmi_campaign` (F-61). */
export const SHORT_CAMPAIGN = 'utmi_cp';

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

const EMPTY = segmentOf(new Map());

/** What a query can overrule in its own answer (W-74), and by which items; prices and regions are the session's alone. */
const OVERRULABLE = {
  cultureInfo: ['cultureInfo'],
  utm_campaign: ['utm_campaign'],
  utm_source: ['utm_source'],
  utmi_campaign: ['utmi_campaign', SHORT_CAMPAIGN],
} as const;

export function overruled(segment: Segment, query: unknown): Segment {
  const given = new Map<string, unknown>(
    Object.entries(typeof query === 'object' && query !== null ? query : {}),
  );
  const overruling = Object.entries(OVERRULABLE).flatMap(([key, items]) => {
    const values = items.map((item) => [given.get(item)].flat().at(-1));
    const value = values.find((one) => typeof one === 'string' && one !== '');
    return typeof value === 'string' ? [[key, value.slice(0, LONGEST_OF_LINK)]] : [];
  });
  return { ...segment, ...Object.fromEntries(overruling) };
}

/** Equal conditions give equal bytes (S-19), different ones different bytes (S-20). */
export const encodeSegment = (segment: Segment): string =>
  Buffer.from(JSON.stringify(segment, [...SEGMENT_KEYS])).toString('base64');

/** @throws InvalidInput - it can't be read */
export const decodeSegment = (token: string): Segment => decodeFirstSegment([token]);

/** The first that can be read (F-23). @throws InvalidInput - none can */
export function decodeFirstSegment(tokens: readonly string[]): Segment {
  for (const token of tokens) {
    const segment = readSegment(token);
    if (segment) return segment;
  }
  throw InvalidInput.of(
    'segmentToken',
    `must be base64 of a JSON object with at least one of ${SEGMENT_KEYS.join(', ')}`,
  );
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Tokens of VTEX itself, and of other versions, have keys that this service does not know, or lack some: they are read as
 * far as they go (F-63). @returns undefined when nothing in it is known
 */
function readSegment(token: string): Segment | undefined {
  if (!/^[\w+/-]+={0,2}$/.test(token)) return undefined;
  const given = parsed(token);
  const known = SEGMENT_KEYS.filter((key) => given && Object.hasOwn(given, key));
  const values = known.map((key) => given?.[key]);
  if (!given || known.length === 0 || !values.every(isCondition)) return undefined;
  return { ...EMPTY, ...Object.fromEntries(known.map((key, i) => [key, values[i]])) };
}

const isCondition = (value: unknown): boolean => value === null || typeof value === 'string';

function parsed(token: string): JsonObject | undefined {
  try {
    const given: unknown = JSON.parse(UTF_8.decode(Buffer.from(token, 'base64')));
    return isJsonObject(given) ? given : undefined;
  } catch {
    return undefined;
  }
}
