import { describe, expect, it } from 'vitest';
import { aCustomer } from '../../../test/support/data/builders.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { CredentialChange, Customer, EmailUndo } from '../customer.types.js';
import {
  confirmed,
  credentialsOf,
  hasChange,
  unknownToken,
  vouchedFor,
  withEmailUndone,
  withNewEmail,
  withPassword,
  withSessionsEnded,
} from './credentials.rules.js';

const now = new Date('2026-01-15T12:00:00.000Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const token = { hash: 'hash', expiresAt: at(3600) };
const change: CredentialChange = { id: 'newest', at: now };
const asked = { ...token, newEmail: 'next@acme.test', syncContactEmail: false };
const undo = (over: Partial<EmailUndo> = {}): EmailUndo => ({
  change: 'moved',
  email: 'before@acme.test',
  reservedUntil: at(86_400),
  ...over,
});
/** A customer with every kind of pending request. */
const anna = aCustomer({
  email: 'anna@acme.test',
  optIn: token,
  passwordReset: token,
  emailChange: asked,
  credentialChanges: { ids: ['first'], newestAt: at(-60) },
  version: 7,
});
const pendingOf = ({ optIn, passwordReset, emailChange }: Customer) =>
  [optIn, passwordReset, emailChange].filter((one) => one !== undefined);

describe('A change of credentials', () => {
  it('voids everything that was requested before, and records whose sessions have to end [X-03]', () => {
    const changed = withPassword(anna, 'new hash', change);
    expect(pendingOf(changed)).toEqual([]);
    expect(changed).toMatchObject({
      passwordHash: 'new hash',
      credentialChanges: { ids: ['newest', 'first'], newestAt: now },
      version: 7,
    });
    expect(changed.endingSessions).toStrictEqual({ change: 'newest', since: now });
    const kept = { sessionId: 'this one', grant: 'these tokens' };
    expect(withPassword(anna, 'new hash', { ...change, kept }).endingSessions).toStrictEqual({
      change: 'newest',
      since: now,
      kept,
    });
  });

  it('gives the credentials a new name', () => {
    const { credentialChanges: _none, ...unchanged } = anna;
    expect(credentialsOf(unchanged)).not.toBe('');
    expect(credentialsOf(anna)).toBe('first');
    expect(credentialsOf(withPassword(anna, 'x', change))).toBe('newest');
  });

  it('is found by its id until nineteen more have been made', () => {
    const { credentialChanges: _none, ...unchanged } = anna;
    expect(hasChange(unchanged, 'first')).toBe(false);
    let customer = withPassword(unchanged, 'x', { ...change, id: 'change 0' });
    expect(customer.credentialChanges?.ids).toEqual(['change 0']);
    for (let i = 1; i < 20; i += 1) customer = withPassword(customer, 'x', { ...change, id: `change ${i}` });
    expect(hasChange(customer, 'change 0')).toBe(true);
    expect(hasChange(customer, 'another')).toBe(false);
    customer = withPassword(customer, 'x', change);
    expect(hasChange(customer, 'change 0')).toBe(false);
    expect(hasChange(customer, 'change 1')).toBe(true);
  });

  it('is complete once its sessions have ended, which leaves a later one pending', () => {
    const changed = withPassword(anna, 'x', change);
    expect(withSessionsEnded(changed, 'newest')).not.toHaveProperty('endingSessions');
    expect(withSessionsEnded(changed, 'newest')).toMatchObject({ id: anna.id, passwordHash: 'x' });
    expect(withSessionsEnded(changed, 'first')).toBe(changed);
    expect(withSessionsEnded(anna, 'first')).toBe(anna);
  });
});

describe('The owner of an e-mail', () => {
  it('confirms it with a mailed token, which activates the account; the first time counts', () => {
    const proven = confirmed({ ...anna, unconfirmed: true }, now);
    expect(proven.emailConfirmedAt).toEqual(now);
    expect(proven).not.toHaveProperty('unconfirmed');
    expect(proven).not.toHaveProperty('optIn');
    expect(confirmed(proven, at(60)).emailConfirmedAt).toEqual(now);
  });

  it('keeps no password that a stranger may have chosen, when a provider vouches first [X-06]', () => {
    const vouched = vouchedFor({ ...anna, unconfirmed: true }, change);
    expect(vouched).toMatchObject({ emailConfirmedAt: now, credentialChanges: { ids: ['newest', 'first'] } });
    expect(vouched).toHaveProperty('endingSessions');
    for (const gone of ['passwordHash', 'unconfirmed', 'passwordReset', 'emailChange'])
      expect(vouched).not.toHaveProperty(gone);
  });

  it('loses nothing without a password: no session ends', () => {
    const { passwordHash: _none, ...without } = anna;
    const vouched = vouchedFor(without, change);
    expect(vouched.emailConfirmedAt).toEqual(now);
    expect(vouched).not.toHaveProperty('endingSessions');
    expect(credentialsOf(vouched)).toBe('first');
  });

  it('keeps everything if it was proved before', () => {
    const proven = { ...anna, emailConfirmedAt: at(-60) };
    expect(vouchedFor(proven, change)).toBe(proven);
  });
});

describe('A new e-mail', () => {
  const moved = (over: Partial<Customer> = {}, sync = false) =>
    withNewEmail({ ...anna, ...over }, { ...asked, syncContactEmail: sync }, change);

  it('logs in from then on, counts as proved, and can be undone by the owner of the previous one [X-03]', () => {
    const customer = moved({ contactEmail: 'mail@acme.test' });
    expect(customer).toMatchObject({
      email: 'next@acme.test',
      emailConfirmedAt: now,
      contactEmail: 'mail@acme.test',
      version: 7,
      endingSessions: { change: 'newest' },
    });
    expect(customer.emailUndos).toMatchObject([{ change: 'newest', email: 'anna@acme.test' }]);
    expect(pendingOf(customer)).toEqual([]);
  });

  it('becomes the contact e-mail too on request, which changes the profile', () => {
    expect(moved({ contactEmail: 'mail@acme.test' }, true)).toMatchObject({
      contactEmail: 'next@acme.test',
      version: 8,
    });
    expect(moved()).not.toHaveProperty('contactEmail');
  });
});

describe('An e-mail that is restored', () => {
  const stolen: Customer = {
    ...anna,
    email: 'thief@acme.test',
    emailUndos: [
      undo({ change: 'older', email: 'oldest@acme.test' }),
      undo(),
      undo({ change: 'later', email: 'between@acme.test' }),
    ],
  };
  const undone = (over: Partial<Customer> = {}) => withEmailUndone({ ...stolen, ...over }, undo(), change);

  it('logs in again, without the password that the other person knew, and ends later undos [X-03]', () => {
    const customer = undone();
    expect(customer).toMatchObject({
      email: 'before@acme.test',
      emailConfirmedAt: now,
      endingSessions: { change: 'newest' },
      version: 7,
    });
    expect(customer).not.toHaveProperty('passwordHash');
    expect(customer.emailUndos?.map(({ email }) => email)).toEqual(['oldest@acme.test']);
    expect(pendingOf(customer)).toEqual([]);
  });

  it.each(['thief@acme.test', 'Between@acme.test'])(
    'restores a contact e-mail that changed along, to %s',
    (contactEmail) => {
      expect(undone({ contactEmail })).toMatchObject({ contactEmail: 'before@acme.test', version: 8 });
    },
  );

  it.each(['oldest@acme.test', 'before@acme.test', 'mail@elsewhere.test'])(
    'leaves a contact e-mail that did not change along: %s',
    (contactEmail) => {
      expect(undone({ contactEmail })).toMatchObject({ contactEmail, version: 7 });
    },
  );

  it('changes nothing about a missing contact e-mail', () => {
    expect(undone()).not.toHaveProperty('contactEmail');
  });
});

describe('A mailed token that is not valid', () => {
  it('is refused with its field and the remedy [W-45]', () => {
    expect(unknownToken()).toBeInstanceOf(InvalidInput);
    expect(unknownToken().message).toBe('token: is unknown, already used or expired: request a new one');
  });
});
