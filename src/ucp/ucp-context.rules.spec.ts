import { describe, expect, it } from 'vitest';
import type { SessionContext } from '../session/session.types.js';
import type { Json } from '../shared/json.js';
import { agentValues, contextOf, placeOf } from './ucp-context.rules.js';

const at = new Date('2026-01-15T12:00:00.000Z');
const sourced = <T extends Json>(value: T) => ({ value, source: 'agent', at }) as const;
const PLACE = { siteCode: 'main', currency: 'EUR', country: 'DE', language: 'de' };

const contextWith = (attributes: Record<string, Json>): SessionContext => ({
  siteCode: sourced('main'),
  currency: sourced('EUR'),
  targetLocation: sourced('DE'),
  language: sourced('de'),
  attributes: new Map(Object.entries(attributes).map(([name, value]) => [name, sourced(value)])),
  version: 1,
  createdAt: at,
  modifiedAt: at,
});

describe('What an agent says about a shopper', () => {
  it('becomes values and attributes of the session', () => {
    const context = {
      postalCode: '10557',
      region: 'Berlin',
      intent: 'a gift',
      eligibility: ['com.example.gold'],
    };
    const attribution = { utm_source: 'agent', utm_campaign: 'vip', other: 'x' };
    expect(agentValues(PLACE, { lines: [], context, attribution })).toEqual({
      context: { siteCode: 'main', currency: 'EUR', targetLocation: 'DE', language: 'de' },
      attributes: new Map<string, Json>([
        ['postalCode', '10557'],
        ['ucp', { region: 'Berlin', intent: 'a gift', eligibility: ['com.example.gold'] }],
        ['utm_source', 'agent'],
        ['utm_medium', null],
        ['utm_campaign', 'vip'],
        ['utm_term', null],
        ['utm_content', null],
      ]),
    });
  });

  it('removes what it leaves out of a part that it names, and nothing else', () => {
    expect(agentValues(undefined, { lines: [] })).toEqual({ context: {}, attributes: new Map() });
    expect(agentValues(undefined, { lines: [], context: {} }).attributes).toEqual(
      new Map([
        ['postalCode', null],
        ['ucp', null],
      ]),
    );
  });

  it('is read back', () => {
    const context = contextWith({
      postalCode: '10557',
      ucp: { region: 'Berlin', intent: 'a gift', eligibility: ['a.b'] },
    });
    expect(contextOf({ context })).toEqual({
      address_country: 'DE',
      address_region: 'Berlin',
      postal_code: '10557',
      language: 'de',
      currency: 'EUR',
      intent: 'a gift',
      eligibility: ['a.b'],
    });
    expect(placeOf(context)).toEqual(PLACE);
  });

  it.each([
    [{}],
    [{ ucp: 'text', postalCode: 10557 }],
    [{ ucp: { region: 1, intent: null, eligibility: 'x' } }],
  ])('may have been changed by others, who use the names for something else: %j', (attributes) => {
    expect(contextOf({ context: contextWith(attributes) })).toEqual({
      address_country: 'DE',
      language: 'de',
      currency: 'EUR',
    });
  });

  it('is nothing without a context', () => {
    expect(contextOf({})).toEqual({});
  });
});
