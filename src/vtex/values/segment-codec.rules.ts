import { LONGEST_OF_LINK } from '../../session/session-facets.rules.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { languageTag } from '../../shared/iso/codes.js';
import { isJsonObject, type JsonObject } from '../../shared/json.js';

/** In the order of the token (W-72). */
const SEGMENT_KEYS = [
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

/** Only in tokens of sessions that have them, so that all others keep their bytes. */
const OPTIONAL_KEYS = ['admin_cultureInfo', 'facets'] as const;

/** In the order of VTEX's own tokens. */
const TOKEN_KEYS = SEGMENT_KEYS.flatMap((key) =>
  key === 'channelPrivacy' ? ['admin_cultureInfo', key, 'facets'] : [key],
);

/** In bytes of UTF-8: browsers drop a cookie of more than 4,096 bytes. */
const LONGEST_FACETS = 1_000;

/** The commercial conditions of a session; null means not set. Nothing in it identifies a person (S-22). */
export type Segment = { readonly [K in (typeof SEGMENT_KEYS)[number]]: string | null } & {
  readonly [K in (typeof OPTIONAL_KEYS)[number]]?: string;
};

/** The short form of `utmi_campaign` that links use (F-61). */
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
    ...optional('admin_cultureInfo', value('store.admin_cultureInfo')),
    ...optional('facets', beginningOf(value('public.facets'))),
  };
}

const optional = (key: (typeof OPTIONAL_KEYS)[number], value: string | null): Partial<Segment> =>
  value === null ? {} : { [key]: value };

function beginningOf(facets: string | null): string | null {
  const bytes = Buffer.from(facets ?? '');
  if (bytes.length <= LONGEST_FACETS) return facets;
  return new TextDecoder().decode(bytes.subarray(0, LONGEST_FACETS), { stream: true });
}

const EMPTY = segmentOf(new Map());

/**
 * Keys that a query can override in its own response (W-74), with their parameters. Prices and regions can't be
 * overridden.
 */
const OVERRULABLE = {
  cultureInfo: ['cultureInfo'],
  utm_campaign: ['utm_campaign'],
  utm_source: ['utm_source'],
  utmi_campaign: ['utmi_campaign', SHORT_CAMPAIGN],
} as const;

export function overruled(segment: Segment, query: unknown): Segment {
  const items = new Map<string, unknown>(
    Object.entries(typeof query === 'object' && query !== null ? query : {}),
  );
  const overruling = Object.entries(OVERRULABLE).flatMap(([key, names]) => {
    const values = names.map((name) => [items.get(name)].flat().at(-1));
    const given = values.find((one) => typeof one === 'string' && one !== '');
    const value = typeof given === 'string' ? overrulingValue(key, given) : undefined;
    return value === undefined ? [] : [[key, value]];
  });
  return { ...segment, ...Object.fromEntries(overruling) };
}

/** A page that asks for what is no language is shown in that of the session. */
const overrulingValue = (key: string, given: string): string | undefined =>
  key === 'cultureInfo' ? languageTag(given) : given.slice(0, LONGEST_OF_LINK);

/** Equal conditions give equal bytes (S-19), and different ones different bytes (S-20). */
export const encodeSegment = (segment: Segment): string =>
  Buffer.from(JSON.stringify(segment, TOKEN_KEYS)).toString('base64');

/**
 * Returns the token without the keys that not every token has. Lists and counts of sessions do not tell these apart. A
 * token that can't be read is returned as it is.
 */
export function commonToken(token: string): string {
  const segment = readSegment(token);
  if (!segment) return token;
  return Buffer.from(JSON.stringify(segment, [...SEGMENT_KEYS])).toString('base64');
}

/** @throws InvalidInput - it can't be read */
export const decodeSegment = (token: string): Segment => decodeFirstSegment([token]);

/** Decodes the first token that can be read (F-23). @throws InvalidInput - none can */
export function decodeFirstSegment(tokens: readonly string[]): Segment {
  for (const token of tokens) {
    const segment = readSegment(token);
    if (segment) return segment;
  }
  throw InvalidInput.of(
    'segmentToken',
    `must be base64 of a JSON object with at least one of ${SEGMENT_KEYS.join(', ')}; no lists or objects as values`,
  );
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes a token. Tokens of VTEX and of other versions may have unknown keys or lack some; the known ones are read
 * (F-63). Clients that build their own tokens write `"channel": 1`.
 * @returns undefined when no key is known, or when the value of one is no condition
 */
export function readSegment(token: string): Segment | undefined {
  if (!/^[\w+/-]+={0,2}$/.test(token)) return undefined;
  const given = parsed(token);
  const known = SEGMENT_KEYS.filter((key) => given && Object.hasOwn(given, key));
  const values = known.map((key) => conditionIn(given?.[key]));
  if (!given || known.length === 0 || values.includes(undefined)) return undefined;
  const others = OPTIONAL_KEYS.flatMap((key) => (typeof given[key] === 'string' ? [[key, given[key]]] : []));
  return {
    ...EMPTY,
    ...Object.fromEntries(known.map((key, i) => [key, values[i]])),
    ...Object.fromEntries(others),
  };
}

function conditionIn(value: unknown): string | null | undefined {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number') return isExact(value) ? String(value) : undefined;
  return typeof value === 'boolean' ? String(value) : undefined;
}

const isExact = (value: number): boolean => Number.isSafeInteger(value) || !Number.isInteger(value);

function parsed(token: string): JsonObject | undefined {
  try {
    const given: unknown = JSON.parse(UTF_8.decode(Buffer.from(token, 'base64')));
    return isJsonObject(given) ? given : undefined;
  } catch {
    return undefined;
  }
}
