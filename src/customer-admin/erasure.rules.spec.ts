import { describe, expect, it } from 'vitest';
import { aCustomer, BUILT_AT } from '../../test/support/data/builders.js';
import type { Address } from '../customer/customer.types.js';
import type { Impersonation } from '../vtex/impersonation/impersonation.types.js';
import { begun, counted, forgotten, settled } from './erasure.rules.js';

const address = (id: string): Address => ({ id, tags: [], isDefault: false, mixins: {} });
const later = (ms: number): Date => new Date(BUILT_AT.getTime() + ms);

describe('An erasure', () => {
  it('begins with the customer and their addresses counted, and nothing else yet', () => {
    const customer = aCustomer({ addresses: [address('a'), address('b')] });
    const { tenant, customerId, begunAt, erased, settlesAt } = begun(customer, [], BUILT_AT);
    expect({ tenant, customerId, begunAt, settlesAt }).toEqual({
      tenant: 'acme',
      customerId: customer.id,
      begunAt: BUILT_AT,
      settlesAt: undefined,
    });
    expect(erased).toEqual({
      customers: 1,
      addresses: 2,
      sessions: 0,
      carts: 0,
      mails: 0,
      history: 0,
      auditAnonymised: 0,
      contactAssignments: 0,
    });
  });

  it('looks for mails at every address of the person: held, contact and not yet confirmed', () => {
    const customer = aCustomer({
      contactEmail: 'contact@acme.test',
      emailChange: {
        newEmail: 'new@acme.test',
        hash: 'hash',
        expiresAt: later(1),
        syncContactEmail: false,
      },
    });
    const { emails } = begun(customer, ['now@acme.test', 'old@acme.test'], BUILT_AT);
    expect(emails).toEqual(['now@acme.test', 'old@acme.test', 'contact@acme.test', 'new@acme.test']);
  });

  it('names each address once, and none that the customer does not have', () => {
    const customer = aCustomer({ contactEmail: 'now@acme.test' });
    expect(begun(customer, ['now@acme.test'], BUILT_AT).emails).toEqual(['now@acme.test']);
    expect(begun(aCustomer(), [], BUILT_AT).emails).toEqual([]);
  });

  it('adds up what its passes find, and keeps the counts that a pass does not tell', () => {
    const first = counted(begun(aCustomer({ addresses: [address('a')] }), [], BUILT_AT), {
      sessions: 2,
      carts: 1,
      mails: 3,
      auditAnonymised: 1,
    });
    const second = counted(first, { sessions: 1, mails: 1 });
    expect(second.erased).toEqual({
      customers: 1,
      addresses: 1,
      sessions: 3,
      carts: 1,
      mails: 4,
      history: 0,
      auditAnonymised: 1,
      contactAssignments: 0,
    });
  });

  it('forgets the addresses when it settles, a minute later than any request may still write', () => {
    const erasure = begun(aCustomer(), ['now@acme.test'], BUILT_AT);
    const done = settled(erasure, later(5_000));
    expect(done).toEqual({ ...erasure, emails: [], settlesAt: later(65_000) });
  });

  it('does not put off its end when a later pass settles it again', () => {
    const once = settled(begun(aCustomer(), [], BUILT_AT), BUILT_AT);
    expect(settled(once, later(50_000)).settlesAt).toEqual(later(60_000));
  });
});

describe('An audit entry of an erased person', () => {
  const line: Impersonation = {
    id: 'i1',
    tenant: 'acme',
    sessionId: 's1',
    adminClientId: 'desk',
    adminEmail: 'agent@acme.test',
    customerId: 'c1',
    customerEmail: 'ann@acme.test',
    reason: 'Ann called about her order',
    begunAt: BUILT_AT,
    endsAt: later(3_600_000),
  };

  it('still says which employee acted and when, but not for whom or why', () => {
    expect(forgotten(line)).toEqual({
      ...line,
      customerId: 'erased',
      customerEmail: 'erased',
      reason: 'erased',
    });
  });

  it('gets no reason if it had none', () => {
    const { reason: _none, ...without } = line;
    expect(forgotten(without)).not.toHaveProperty('reason');
  });
});
