import { describe, expect, it } from 'vitest';
import { aCustomer } from '../../../test/support/data/builders.js';
import { changedCustomer, newCustomerProblems, newManagedCustomer } from './managed-customer.rules.js';

const at = new Date('2026-11-29T03:00:00.000Z');
const change = { id: 'c1', at };

describe('A customer whom a backend changes', () => {
  const anna = aCustomer({ passwordReset: { hash: 'h', expiresAt: at }, type: 'CONTACT' });

  it('keeps what is left out, and loses what is null', () => {
    const next = changedCustomer(anna, { firstName: 'Anna', type: null }, change);
    expect(next).toMatchObject({ email: anna.email, firstName: 'Anna', version: 2 });
    expect(next).not.toHaveProperty('type');
    expect(next).toHaveProperty('passwordReset');
    expect(next).not.toHaveProperty('endingSessions');
  });

  it.each([{ active: false }, { onHold: true }])(
    'is out if that blocks the account by %o, as after a change of the password [X-03]',
    (blocks) => {
      const blocked = changedCustomer(anna, blocks, change);
      expect(blocked).toMatchObject({
        credentialChanges: { ids: ['c1'], newestAt: at },
        endingSessions: { change: 'c1', since: at, blocked: true },
      });
      expect(blocked).not.toHaveProperty('passwordReset');
      const again = changedCustomer(blocked, { active: false, onHold: true }, { ...change, id: 'c2' });
      expect(again.credentialChanges?.ids).toEqual(['c1']);
      const free = changedCustomer(again, { active: true, onHold: false }, { ...change, id: 'c3' });
      expect(free).not.toHaveProperty('inactive');
      expect(free).not.toHaveProperty('onHold');
      expect(free.credentialChanges?.ids).toEqual(['c1']);
    },
  );
});

describe('A customer whom a backend makes', () => {
  const key = { tenant: 'acme', id: 'carla', email: ' Carla@acme.test ' };

  it('has what the backend sent, in version 1', () => {
    const mixins = { erp: { number: null } };
    const draft = { type: 'CONTACT', onHold: true, mixins, metadata: { version: 7, mixins: { erp: 'url' } } };
    expect(newManagedCustomer(key, draft, at)).toMatchObject({
      id: 'carla',
      email: 'carla@acme.test',
      contactEmail: 'Carla@acme.test',
      type: 'CONTACT',
      onHold: true,
      mixins,
      mixinSchemas: { erp: 'url' },
      createdAt: at,
      version: 1,
    });
    expect(newManagedCustomer(key, { active: false, onHold: false }, at)).toMatchObject({ inactive: true });
  });

  it('needs an e-mail address, and a good password if it is given one', () => {
    const fields = (email: string | undefined, password?: string) =>
      newCustomerProblems(email, password, {}, new Set(['password1'])).map(({ field }) => field);
    expect(fields('carla@acme.test')).toEqual([]);
    expect(fields(undefined)).toEqual(['contactEmail']);
    expect(fields('carla@acme.test', 'Password1')).toEqual(['password']);
    expect(fields('carla@acme.test', 'a-fine-Password')).toEqual([]);
  });
});
