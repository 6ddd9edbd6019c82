import { type Json, textOf } from '../shared/json.js';
import type { OverrideValues, RequestedValues, Session } from './session.types.js';

/**
 * Maximum length of a value from a link in a segment. Links may have any length but cookies may not, so longer values are
 * cut.
 */
export const LONGEST_OF_LINK = 200;

/**
 * What administrators list, count and segment sessions by. Sessions with the same facets share a list, so that a store
 * keeps one index for all filters (decision 0043). All of it is in the record itself: settings may change at any time
 * without touching an index.
 */
export interface SessionFacets {
  readonly kind: Session['kind'];
  readonly clientId: string;
  readonly hasContext: boolean;
  /** Of the context; without one, what was chosen in the VTEX dialect. */
  readonly values: RequestedValues;
  /** Whether an app wrote the language. Such a tag gets no country added. */
  readonly languageByApp: boolean;
  /** What the login asked for, as long as there is no context. */
  readonly asked: RequestedValues;
  readonly campaigns?: string;
  readonly priceTables?: string;
  readonly regionId?: string;
  readonly utmCampaign?: string;
  readonly utmSource?: string;
  readonly utmiCampaign?: string;
}

/** The fields of the record that facets are made of. */
type Faceted = Pick<Session, 'kind' | 'clientId' | 'context' | 'vtex' | 'asked'>;

/** Tells, without computing either, that both have the same facets. False does not mean that they differ. */
export const keepsFacets = (before: Faceted, next: Faceted): boolean =>
  before.context === next.context &&
  before.vtex === next.vtex &&
  before.kind === next.kind &&
  before.clientId === next.clientId &&
  (before.context !== undefined || before.asked === next.asked);

/** Equal facets have equal keys. */
export function facetKeyOf(session: Faceted): string {
  const { kind, clientId, context, vtex } = session;
  const values: OverrideValues = context ?? vtex?.chosen ?? {};
  const links = context?.attributes ?? vtex?.publicValues;
  const computed = (name: string): string | null => textOf(vtex?.computed.get(name)?.value) ?? null;
  const link = (name: string): string | null => linkValue(links?.get(name)?.value);
  return withoutNulls([
    kind === 'customer' ? 1 : 0,
    clientId,
    context ? 1 : 0,
    ...valuesOf(values),
    values.language?.source.startsWith('app:') === true ? 1 : null,
    computed('rnb.campaigns'),
    computed('profile.priceTables'),
    computed('checkout.regionId'),
    link('utm_campaign'),
    link('utm_source'),
    link('utmi_campaign'),
    ...(context ? [] : requested(session.asked)),
  ]);
}

const VALUES = ['siteCode', 'currency', 'targetLocation', 'language'] as const;
const CONDITIONS = [
  'campaigns',
  'priceTables',
  'regionId',
  'utmCampaign',
  'utmSource',
  'utmiCampaign',
] as const;

/** Reads a key that `facetKeyOf` made. */
export function facetsFrom(key: string): SessionFacets {
  const parts: unknown = JSON.parse(key);
  const list: readonly unknown[] = Array.isArray(parts) ? parts : [];
  const [kind, clientId, hasContext] = list;
  const texts = (names: readonly string[], from: number): Record<string, string> =>
    Object.fromEntries(
      names.flatMap((name, i) => {
        const part = list[from + i];
        return typeof part === 'string' ? [[name, part]] : [];
      }),
    );
  return {
    kind: kind === 1 ? 'customer' : 'anonymous',
    clientId: typeof clientId === 'string' ? clientId : '',
    hasContext: hasContext === 1,
    values: texts(VALUES, 3),
    languageByApp: list[7] === 1,
    ...texts(CONDITIONS, 8),
    asked: texts(VALUES, 14),
  };
}

const valuesOf = (values: OverrideValues): (string | null)[] =>
  VALUES.map((name) => values[name]?.value ?? null);

const requested = (asked: RequestedValues): (string | null)[] => VALUES.map((name) => asked[name] ?? null);

function linkValue(value: Json | undefined): string | null {
  return textOf(value)?.slice(0, LONGEST_OF_LINK) ?? null;
}

/** As JSON, without the nulls at the end: most sessions have few facets. */
function withoutNulls(parts: readonly (string | number | null)[]): string {
  let { length } = parts;
  while (length > 0 && parts[length - 1] === null) length -= 1;
  return JSON.stringify(parts.slice(0, length));
}
