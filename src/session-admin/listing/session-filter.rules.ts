import type { SessionFacets } from '../../session/session-facets.rules.js';
import type { Session } from '../../session/session.types.js';
import { stateOf } from '../../session/tokens/lifetime.rules.js';
import type { SessionFilter } from '../session-filter.types.js';

/** Tells whether sessions with these facets can pass the filter. Segments are judged elsewhere. */
export function facetsPass(facets: SessionFacets, filter: SessionFilter): boolean {
  const { siteCode, currency, targetLocation } = facets.hasContext ? facets.values : {};
  return (
    passes(facets.kind, filter.kind) &&
    passes(facets.clientId, filter.clientId) &&
    passes(siteCode, filter.siteCode) &&
    passes(currency, filter.currency) &&
    passes(targetLocation, filter.targetLocation) &&
    // A customer's session has no clock: it is never dormant (E-04).
    !(facets.kind === 'customer' && filter.state === 'dormant')
  );
}

/** Tells whether the session passes everything but a segment. One that has ended never does. */
export function sessionPasses(
  session: Session,
  facets: SessionFacets,
  filter: SessionFilter,
  now: Date,
): boolean {
  const state = stateOf(session, now);
  return (
    state !== 'gone' &&
    passes(state, filter.state) &&
    passes(session.customerId, filter.customerId) &&
    passes(session.context?.cartId?.value, filter.cartId) &&
    facetsPass(facets, filter)
  );
}

const passes = (value: string | undefined, wanted: string | undefined): boolean =>
  wanted === undefined || value === wanted;
