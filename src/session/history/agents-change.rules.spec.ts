import { describe, expect, it } from 'vitest';
import { aContext, aSession, BUILT_AT } from '../../../test/support/data/builders.js';
import { revised, setAttribute } from '../context/context.rules.js';
import type { Source } from '../session.types.js';
import { changedByAgent, setByAgent } from './agents-change.rules.js';

const AGENT = { clientId: 'acme-storefront' };
const by = { kind: 'agent', id: 'acme-storefront' } as const;
const now = new Date(BUILT_AT.getTime() + 1000);
const context = aContext();
const session = { ...aSession({ createdAt: BUILT_AT }), context };
const sourced = (value: string, source: Source) => ({ value, source, at: now });

describe('A change that an agent makes', () => {
  it('is by the agent instead of the person, the cart, or nobody', () => {
    expect(changedByAgent(undefined, AGENT)).toEqual(by);
    for (const kind of ['shopper', 'employee', 'cart'] as const)
      expect(changedByAgent({ kind, id: 'anna' }, AGENT)).toEqual(by);
  });

  it('keeps the reason that was given for it', () => {
    const reason = 'She asked for dollars';
    expect(changedByAgent({ kind: 'employee', id: 'acme-support', reason }, AGENT)).toEqual({
      ...by,
      reason,
    });
  });

  it('names the profile that a shopping agent claims', () => {
    const profile = 'https://agent.example/profile';
    expect(changedByAgent(undefined, { ...AGENT, profile })).toEqual({ ...by, agent: profile });
  });

  it('is by somebody else where that is certain: an app, a login, another browser', () => {
    for (const kind of ['app', 'login', 'handover', 'agent'] as const) {
      const known = { kind, id: 'other' };
      expect(changedByAgent(known, AGENT)).toBe(known);
    }
  });

  it('has the agent as the source of new values that a person would have set', () => {
    const next = revised(
      session,
      { currency: sourced('USD', 'shopper'), language: sourced('de', 'employee') },
      now,
    );
    expect(setByAgent(session, next).context).toMatchObject({
      currency: { value: 'USD', source: 'agent', at: now },
      language: { value: 'de', source: 'agent' },
    });
  });

  it('leaves the sources of other values as they are', () => {
    const old = revised(session, { language: sourced('de', 'shopper') }, now);
    const next = revised(
      old,
      { currency: sourced('USD', 'app:store'), siteCode: sourced('us', 'cart') },
      now,
    );
    expect(setByAgent(old, next).context).toMatchObject({
      currency: { source: 'app:store' },
      siteCode: { source: 'cart' },
      targetLocation: { source: 'site' },
      language: { source: 'shopper' },
    });
  });

  it('does the same with attributes', () => {
    const author = { source: 'shopper', now } as const;
    const old = setAttribute(session, 'colour', 'red', author);
    const { attributes } = setByAgent(old, setAttribute(old, 'size', 'M', author)).context ?? {};
    expect(attributes?.get('colour')?.source).toBe('shopper');
    expect(attributes?.get('size')).toEqual({ value: 'M', source: 'agent', at: now });
  });

  it('is the same record if the context stays as it is', () => {
    const next = { ...session, clientId: 'other' };
    expect(setByAgent(session, next)).toBe(next);
  });
});
