import type { SessionFacets } from '../../session/session-facets.rules.js';
import { defaultValues } from '../../session/context/derive-context.rules.js';
import type {
  RequestedValues,
  Session,
  SessionContext,
  Source,
  Sourced,
  VtexState,
} from '../../session/session.types.js';
import type { Site } from '../../site-settings/site.types.js';
import type { Profile } from '../../session/context/profile.rules.js';
import { encodeSegment, type Segment, segmentOf } from '../../vtex/values/segment-codec.rules.js';
import { plainValues, shownValues } from '../../vtex/values/session-values.rules.js';

/** What a segment is made of, beside customer and settings. */
export type Segmented = Pick<Session, 'tenant' | 'asked' | 'context' | 'vtex'>;

/**
 * Returns the segment token, as the VTEX dialect computes it.
 * @returns undefined if the tenant has no default site
 */
export function segmentTokenOf(
  session: Segmented,
  sites: readonly Site[],
  customer?: Profile,
): string | undefined {
  const derived = defaultValues(sites, session.asked, customer);
  if (!derived) return undefined;
  // A segment has nothing of the account or the person.
  const values = shownValues(session, { accountId: '', sites, derived });
  return encodeSegment(segmentOf(plainValues(values)));
}

/** A customer's session without a context is segmented by the profile, which facets don't have. */
export const hasOneSegment = ({ kind, hasContext }: SessionFacets): boolean =>
  kind === 'anonymous' || hasContext;

/** What links and apps decide of a segment: a profile changes none of it. */
const APART_FROM_PROFILES = [
  'campaigns',
  'priceTables',
  'regionId',
  'utm_campaign',
  'utm_source',
  'utmi_campaign',
] as const satisfies readonly (keyof Segment)[];

/** Tells, without looking at profiles, that no session with these facets can be in the segment. */
export function isOutside(facets: SessionFacets, segment: Segment): boolean {
  const { campaigns, priceTables, regionId, utmCampaign, utmSource, utmiCampaign } = facets;
  const own = [campaigns, priceTables, regionId, utmCampaign, utmSource, utmiCampaign];
  return APART_FROM_PROFILES.some((name, i) => (own[i] || null) !== segment[name]);
}

/** Returns a session that has these facets, and so their segment. */
export function sessionWith(tenant: string, facets: SessionFacets): Segmented {
  const { values, asked, hasContext, languageByApp } = facets;
  const language = values.language === undefined ? {} : { language: sourced(values.language, languageByApp) };
  const others = sourcedAll({ ...values, language: undefined });
  const attributes = new Map(
    named({
      utm_campaign: facets.utmCampaign,
      utm_source: facets.utmSource,
      utmi_campaign: facets.utmiCampaign,
    }),
  );
  const vtex: VtexState = {
    publicValues: attributes,
    chosen: hasContext ? {} : { ...others, ...language },
    computed: new Map(
      named({
        'rnb.campaigns': facets.campaigns,
        'profile.priceTables': facets.priceTables,
        'checkout.regionId': facets.regionId,
      }),
    ),
    seen: new Map(),
    cookies: new Map(),
    failed: [],
    heldUntil: SOME_TIME,
  };
  return { tenant, asked, vtex, ...(hasContext && { context: contextOf(facets, attributes) }) };
}

function contextOf(
  { values, languageByApp }: SessionFacets,
  attributes: SessionContext['attributes'],
): SessionContext {
  return {
    siteCode: sourced(values.siteCode ?? ''),
    currency: sourced(values.currency ?? ''),
    targetLocation: sourced(values.targetLocation ?? ''),
    language: sourced(values.language ?? '', languageByApp),
    attributes,
    version: 1,
    createdAt: SOME_TIME,
    modifiedAt: SOME_TIME,
  };
}

const SOME_TIME = new Date(0);

/** Of sources, a segment knows only whether an app wrote the language. */
const sourced = (value: string, byApp = false): Sourced<string> => ({
  value,
  source: byApp ? APP : 'shopper',
  at: SOME_TIME,
});

const APP: Source = 'app:any';

const named = (values: Readonly<Record<string, string | undefined>>): [string, Sourced<string>][] =>
  Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, sourced(value)]]));

const sourcedAll = (values: { readonly [K in keyof RequestedValues]?: string | undefined }) =>
  Object.fromEntries(named(values));
