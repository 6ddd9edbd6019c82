import { describe, expect, it } from 'vitest';
import { aSession, BUILT_AT } from '../../../test/support/data/builders.js';
import type { SessionFacets } from '../../session/session-facets.rules.js';
import type { SessionFilter } from '../session-filter.types.js';
import { facetsPass, sessionPasses } from './session-filter.rules.js';

const FACETS: SessionFacets = {
  kind: 'anonymous',
  clientId: 'web',
  hasContext: true,
  values: { siteCode: 'main', currency: 'EUR', targetLocation: 'DE', language: 'de' },
  languageByApp: false,
  asked: {},
};

describe('A filter of sessions', () => {
  it.each<[SessionFilter, boolean]>([
    [{}, true],
    [{ kind: 'anonymous', clientId: 'web', siteCode: 'main', currency: 'EUR', targetLocation: 'DE' }, true],
    [{ kind: 'customer' }, false],
    [{ clientId: 'app' }, false],
    [{ siteCode: 'us' }, false],
    [{ currency: 'USD' }, false],
    [{ targetLocation: 'FR' }, false],
    [{ state: 'dormant' }, true],
  ])('%j judges facets: %s', (filter, passes) => expect(facetsPass(FACETS, filter)).toBe(passes));

  it('by site, currency or country passes no session without a context, whatever was chosen', () => {
    const facets = { ...FACETS, hasContext: false };
    expect(facetsPass(facets, {})).toBe(true);
    expect(facetsPass(facets, { siteCode: 'main' })).toBe(false);
    expect(facetsPass(facets, { currency: 'EUR' })).toBe(false);
    expect(facetsPass(facets, { targetLocation: 'DE' })).toBe(false);
  });

  it('looks for no dormant session among those of customers, which have no clock [E-04]', () => {
    expect(facetsPass({ ...FACETS, kind: 'customer' }, { state: 'dormant' })).toBe(false);
    expect(facetsPass({ ...FACETS, kind: 'customer' }, { state: 'alive' })).toBe(true);
  });

  const after = (ms: number): Date => new Date(BUILT_AT.getTime() + ms);
  const session = aSession({
    customerId: 'anna',
    lifetime: { aliveUntil: after(10), goneAt: after(20) },
  });

  it.each<[number, SessionFilter, boolean]>([
    [0, {}, true],
    [0, { state: 'alive' }, true],
    [0, { state: 'dormant' }, false],
    [10, { state: 'alive' }, false],
    [10, { state: 'dormant' }, true],
    [10, {}, true],
    [20, {}, false],
    [0, { customerId: 'anna' }, true],
    [0, { customerId: 'ben' }, false],
    [0, { cartId: 'cart' }, false],
    [0, { clientId: 'app' }, false],
  ])('after %i ms, %j judges a session: %s', (ms, filter, passes) =>
    expect(sessionPasses(session, FACETS, filter, after(ms))).toBe(passes),
  );
});
