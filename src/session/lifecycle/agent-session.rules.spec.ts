import { describe, expect, it } from 'vitest';
import { newContext } from '../context/context.rules.js';
import type { Session } from '../session.types.js';
import { isAgents, withAgentValues } from './agent-session.rules.js';

const made = new Date('2026-01-15T12:00:00.000Z');
const later = new Date('2026-01-15T12:30:00.000Z');
const site = (value: string) => ({ value, source: 'site' }) as const;
const context = newContext(
  { siteCode: site('main'), currency: site('EUR'), targetLocation: site('DE'), language: site('en') },
  undefined,
  made,
);
const session: Session & { readonly context: typeof context } = {
  tenant: 'acme',
  sessionId: '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
  kind: 'anonymous',
  clientId: 'acme-agent',
  epoch: 'e1',
  revision: 1,
  createdAt: made,
  lifetime: {
    aliveUntil: new Date('2026-01-15T13:00:00.000Z'),
    goneAt: new Date('2026-01-15T13:00:00.000Z'),
  },
  refreshTokens: { used: [] },
  asked: {},
  context,
};

describe('The session of an agent', () => {
  it('is alive, a guest’s, and of that client', () => {
    expect(isAgents(session, 'acme-agent', later)).toBe(true);
    expect(isAgents(session, 'other-agent', later)).toBe(false);
    expect(isAgents({ ...session, kind: 'customer' }, 'acme-agent', later)).toBe(false);
    expect(isAgents(session, 'acme-agent', new Date('2026-01-15T13:00:00.000Z'))).toBe(false);
  });

  it('takes the values that differ, with the agent as their source', () => {
    const values = {
      context: { currency: 'USD', language: 'en' },
      attributes: new Map([['postalCode', '05010']]),
    };
    const changed = withAgentValues(session, values, later);
    expect(changed.context).toEqual({
      ...context,
      currency: { value: 'USD', source: 'agent', at: later },
      attributes: new Map([['postalCode', { value: '05010', source: 'agent', at: later }]]),
      version: 2,
      modifiedAt: later,
    });
    expect(withAgentValues(changed, values, later)).toBe(changed);
  });

  it('loses an attribute that the agent no longer names', () => {
    const named = withAgentValues(
      session,
      { context: {}, attributes: new Map([['utm_source', 'x']]) },
      later,
    );
    const left = withAgentValues(named, { context: {}, attributes: new Map([['utm_source', null]]) }, later);
    expect(left.context.attributes.size).toBe(0);
    expect(left.context.version).toBe(3);
  });

  it('stays as it is without values', () => {
    expect(withAgentValues(session, { context: {}, attributes: new Map() }, later)).toBe(session);
  });
});
