import { describe, expect, it } from 'vitest';
import { aCustomer } from '../../../test/support/data/builders.js';
import type { MailRequest } from '../../mail/mail.types.js';
import type { Customer } from '../customer.types.js';
import { credentialsOf } from './credentials.rules.js';
import { addressOf, withPending, withSignUpTold } from './pending.rules.js';

const now = new Date('2026-01-15T12:00:00.000Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const made = { hash: 'made', expiresAt: at(3600) };
const anna = aCustomer({ email: 'anna@acme.test' });
const pending = (customer: Customer, request: Omit<MailRequest, 'tenant'>, askedAt = now) =>
  withPending(customer, { tenant: 'acme', ...request }, askedAt, made);

describe('A mail with a token', () => {
  it('for a double opt-in is written while the account is waiting for it', () => {
    const waiting: Customer = { ...anna, unconfirmed: true };
    expect(pending(waiting, { kind: 'opt-in' })).toEqual({ ...waiting, optIn: made });
    expect(pending(anna, { kind: 'opt-in' })).toBe(anna);
  });

  it('for a new password replaces the earlier token', () => {
    const before = { ...anna, passwordReset: { hash: 'before', expiresAt: at(60) } };
    expect(pending(before, { kind: 'password-reset' })).toEqual({ ...anna, passwordReset: made });
  });

  it('for a new e-mail stores what the change will do', () => {
    const request = { kind: 'email-change', newEmail: 'next@acme.test' } as const;
    expect(pending(anna, request)).toStrictEqual({
      ...anna,
      emailChange: { ...made, newEmail: 'next@acme.test', syncContactEmail: false },
    });
    const kept = { sessionId: 'this one', grant: 'these tokens' };
    expect(pending(anna, { ...request, syncContactEmail: true, kept }).emailChange).toStrictEqual({
      ...made,
      newEmail: 'next@acme.test',
      syncContactEmail: true,
      kept,
    });
    expect(pending(anna, { kind: 'email-change' })).toBe(anna);
  });

  it('to undo an e-mail change is written while that is possible, whatever has changed since', () => {
    const emailUndos = [{ change: 'moved', email: 'before@acme.test', reservedUntil: at(60) }];
    const customer = { ...anna, emailUndos, credentialChanges: { ids: ['later'], newestAt: at(60) } };
    const request = { kind: 'email-changed', credentials: 'earlier' } as const;
    expect(pending(customer, { ...request, about: 'moved' }).emailUndos?.[0]).toMatchObject({ token: made });
    expect(pending(customer, { ...request, about: 'another' })).toBe(customer);
    expect(pending(customer, request)).toBe(customer);
  });

  it('does nothing if the credentials have changed since they were named [X-03]', () => {
    const changed = { ...anna, credentialChanges: { ids: ['later'], newestAt: at(-60) } };
    const request = { kind: 'password-reset', credentials: credentialsOf(anna) } as const;
    expect(pending(anna, request)).toHaveProperty('passwordReset');
    expect(pending(changed, request)).toBe(changed);
    expect(pending(changed, { ...request, credentials: 'later' })).toHaveProperty('passwordReset');
  });

  it('that names no credentials does nothing if they changed at the same moment or later [X-03]', () => {
    const changed = { ...anna, credentialChanges: { ids: ['change'], newestAt: now } };
    const request = { kind: 'password-reset' } as const;
    expect(pending(changed, request, at(0.001))).toHaveProperty('passwordReset');
    expect(pending(changed, request, now)).toBe(changed);
    expect(pending(changed, request, at(-60))).toBe(changed);
  });

  it('is not one that only reports what happened', () => {
    expect(pending(anna, { kind: 'password-changed', newEmail: 'next@acme.test' })).toBe(anna);
  });

  it('goes to the address of its token', () => {
    const token = (hash: string) => ({ hash, expiresAt: at(60) });
    const undo = { change: 'moved', reservedUntil: at(60) };
    const customer: Customer = {
      ...anna,
      optIn: token('opt-in'),
      passwordReset: token('reset'),
      emailChange: { ...token('change'), newEmail: 'next@acme.test', syncContactEmail: false },
      emailUndos: [
        { ...undo, email: 'unwritten@acme.test' },
        { ...undo, email: 'before@acme.test', token: token('undo') },
      ],
    };
    const addresses = ['opt-in', 'reset', 'change', 'undo', 'nothing'].map((hash) =>
      addressOf(customer, token(hash)),
    );
    expect(addresses).toEqual([
      'anna@acme.test',
      'anna@acme.test',
      'next@acme.test',
      'before@acme.test',
      undefined,
    ]);
    expect(addressOf(anna, token('reset'))).toBeUndefined();
  });
});

describe('A customer is told about a sign-up with their e-mail', () => {
  it('the first time, and then at most once an hour [P-56]', () => {
    const told = withSignUpTold(anna, 'first try', now);
    expect(told).toEqual({ ...anna, signUpTold: { signUp: 'first try', at: now } });
    expect(withSignUpTold(told, 'second try', at(3599.999))).toBe(told);
    expect(withSignUpTold(told, 'third try', at(3600)).signUpTold).toEqual({
      signUp: 'third try',
      at: at(3600),
    });
  });
});
