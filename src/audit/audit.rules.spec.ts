import { describe, expect, it } from 'vitest';
import type { AccessClaims } from '../auth/tokens/claims.js';
import { actorOf, anonymised, isStaff, loggedOf, resultOf, targetOf, withoutErased } from './audit.rules.js';
import type { AuditLine } from './audit.types.js';

const claims = (over: object): AccessClaims =>
  ({ tenant: 'acme', client_id: 'desk', sub: 's', ...over }) as never;

const LINE: AuditLine = {
  tenant: 'acme',
  id: 'l1',
  at: new Date(0),
  actor: { kind: 'service', id: 'desk' },
  action: 'customer.read',
  target: { kind: 'customer', id: 'anna' },
  network: '203.0.113.0/24',
  reason: 'Anna called',
  result: 'ok',
  requestId: 'r1',
  erasedAt: new Date(1),
};

describe('The result of a request', () => {
  it.each([
    [200, 'ok'],
    [204, 'ok'],
    [304, 'ok'],
    [400, 'invalid'],
    [413, 'invalid'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'conflict'],
    [422, 'invalid'],
    [429, 'rate-limited'],
    [500, 'failed'],
    [503, 'failed'],
  ])('says how it ended: %i', (status, result) => {
    expect(resultOf(status)).toBe(result);
  });
});

describe('The actor of a request', () => {
  it('is the client of a service token', () => {
    expect(actorOf(claims({ token_use: 'service' }), 'acme')).toEqual({ kind: 'service', id: 'desk' });
  });

  it('is the customer of a customer’s token, and the client of an anonymous one', () => {
    expect(actorOf(claims({ token_use: 'customer', sub: 'anna' }), 'acme')).toEqual({
      kind: 'customer',
      id: 'anna',
    });
    expect(actorOf(claims({ token_use: 'anonymous' }), 'acme')).toEqual({ kind: 'anonymous', id: 'desk' });
  });

  it('is the operator, whose token names no tenant', () => {
    expect(actorOf(claims({ token_use: 'operator', tenant: undefined }), 'acme')).toEqual({
      kind: 'operator',
      id: 'desk',
    });
  });

  it('is an agent, with the id of the client, if an agent acts with the token of a client', () => {
    const service = claims({ token_use: 'service' });
    expect(actorOf(service, 'acme', true)).toEqual({ kind: 'agent', id: 'desk' });
    expect(actorOf(service, 'acme', false)).toEqual({ kind: 'service', id: 'desk' });
  });

  it('stays the person whose token an agent has, so that an erasure finds it', () => {
    const customer = claims({ token_use: 'customer', sub: 'anna' });
    expect(actorOf(customer, 'acme', true)).toEqual({ kind: 'customer', id: 'anna' });
    expect(actorOf(claims({ token_use: 'service', tenant: 'globex' }), 'acme', true).kind).toBe('foreign');
  });

  it('is called foreign at another tenant', () => {
    expect(actorOf(claims({ token_use: 'service', tenant: 'globex' }), 'acme')).toEqual({
      kind: 'foreign',
      id: 'globex',
    });
  });

  it('is unknown without a valid token', () => {
    expect(actorOf(undefined, 'acme')).toEqual({ kind: 'unknown', id: 'unknown' });
  });

  it.each([
    ['service', true],
    ['agent', true],
    ['operator', true],
    ['system', true],
    ['customer', false],
    ['anonymous', false],
    ['foreign', false],
    ['unknown', false],
  ] as const)('works for the tenant, or does not: %s', (kind, expected) => {
    expect(isStaff({ kind, id: 'x' })).toBe(expected);
  });
});

describe('The target of a request', () => {
  it('is what its path names', () => {
    const read = { action: 'session.read', param: 'sessionId' };
    expect(targetOf(read, { sessionId: 's1' }, undefined)).toEqual({ kind: 'session', id: 's1' });
    expect(targetOf({ ...read, target: 'context' }, { sessionId: 's1' }, { sessionId: 'x' })).toEqual({
      kind: 'context',
      id: 's1',
    });
  });

  it('is what its body names, where the path names nothing', () => {
    const create = { action: 'client.create', field: 'clientId' };
    expect(targetOf(create, {}, { clientId: 'c1' })).toEqual({ kind: 'client', id: 'c1' });
    for (const body of [undefined, null, 'c1', {}, { clientId: 7 }, { clientId: '' }, []]) {
      expect(targetOf(create, {}, body)).toEqual({ kind: 'client', id: '*' });
    }
    expect(targetOf({ ...create, field: 'constructor' }, {}, {})).toEqual({ kind: 'client', id: '*' });
  });

  it('is everything of its kind for a list', () => {
    expect(targetOf({ action: 'client.list' }, { clientId: 'c' }, { clientId: 'c' })).toEqual({
      kind: 'client',
      id: '*',
    });
  });

  it.each([
    ['a token', 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln'],
    ['a long text', 'x'.repeat(101)],
  ])('does not repeat %s in the place of an id [P-20]', (_, id) => {
    expect(targetOf({ action: 'session.read', param: 'id' }, { id }, undefined).id).toBe('unreadable');
  });

  it('has no unprintable characters', () => {
    expect(targetOf({ action: 'session.read', param: 'id' }, { id: 'a\0b\ud83dc\n' }, undefined).id).toBe(
      'a?b?c?',
    );
  });
});

describe('A line', () => {
  it('loses a person who is its target, and the reason that was given', () => {
    expect(anonymised(LINE, new Set(['anna']))).toEqual({
      ...LINE,
      target: { kind: 'customer', id: 'erased' },
      reason: 'erased',
    });
  });

  it('loses a person who is its actor', () => {
    const { reason: _none, ...line } = { ...LINE, actor: { kind: 'customer', id: 'anna' } as const };
    expect(anonymised({ ...line, target: { kind: 'client', id: 'c' } }, new Set(['anna']))).toEqual({
      ...line,
      actor: { kind: 'customer', id: 'erased' },
      target: { kind: 'client', id: 'c' },
    });
  });

  it('stays as it is for everybody else', () => {
    expect(anonymised(LINE, new Set(['bert']))).toBe(LINE);
  });

  it.each(['ok', 'repeated'] as const)('of an erasure does not say of whom, nor why: %s', (result) => {
    const line = { ...LINE, result };
    const forgotten = { ...line, target: { kind: 'customer', id: 'erased' }, reason: 'erased' };
    expect(withoutErased(line, true)).toEqual(forgotten);
  });

  it('that erased nobody is left as it is', () => {
    const refused = { ...LINE, result: 'forbidden' } as const;
    expect(withoutErased(refused, true)).toBe(refused);
    expect(withoutErased(LINE)).toBe(LINE);
  });

  it.each(['customer', 'session', 'cart'])(
    'does not name a %s that is not there, and may have been erased',
    (kind) => {
      const sought = { ...LINE, target: { kind, id: 'anna' }, result: 'not-found' } as const;
      const forgotten = { ...sought, target: { kind, id: 'unknown' }, reason: 'erased' };
      expect(withoutErased(sought)).toEqual(forgotten);
      expect(withoutErased(sought, true)).toEqual(forgotten);
    },
  );

  it('still names a client that does not exist', () => {
    const sought = { ...LINE, target: { kind: 'client', id: 'c' }, result: 'not-found' } as const;
    expect(withoutErased(sought)).toBe(sought);
  });

  it('names no person in the log stream, from which nobody can be erased', () => {
    expect(loggedOf(LINE)).toEqual({
      audit: 'l1',
      tenant: 'acme',
      actor: { kind: 'service', id: 'desk' },
      action: 'customer.read',
      target: { kind: 'customer' },
      network: '203.0.113.0/24',
      result: 'ok',
      requestId: 'r1',
    });
    const own = {
      ...LINE,
      actor: { kind: 'customer', id: 'anna' },
      target: { kind: 'client', id: 'c' },
    } as const;
    expect(loggedOf(own)).toMatchObject({ actor: { kind: 'customer' }, target: { kind: 'client', id: 'c' } });
    expect(JSON.stringify(loggedOf(own))).not.toContain('anna');
  });
});
