import { describe, expect, it } from 'vitest';
import { aCustomer } from '../../../test/support/data/builders.js';
import type { Customer, EmailUndo } from '../customer.types.js';
import {
  emailsEverHeld,
  emailsHeld,
  emailsSince,
  moveProblem,
  UNDO_SECONDS,
  undosAfterMove,
  undosBefore,
  withUndoToken,
} from './email-undo.rules.js';

const now = new Date('2026-01-15T12:00:00.000Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const DAY = 86_400;
const change = { id: 'newest', at: now };

const undo = (name: string, seconds = DAY): EmailUndo => ({
  change: `change of ${name}`,
  email: `${name}@acme.test`,
  reservedUntil: at(seconds),
});
const customerWith = (...emailUndos: EmailUndo[]): Customer =>
  aCustomer({ email: 'anna@acme.test', ...(emailUndos.length > 0 && { emailUndos }) });
const namesOf = (undos: readonly EmailUndo[]) => undos.map(({ email }) => email.split('@')[0]);
const FIVE = ['one', 'two', 'three', 'four', 'five'].map((name) => undo(name));

describe('The e-mails of an account', () => {
  it('are the one that logs in and those that can be restored', () => {
    const customer = customerWith(undo('over', 0), undo('live', 1));
    expect(emailsHeld(customer, now)).toEqual(['anna@acme.test', 'live@acme.test']);
    expect(emailsHeld(customerWith(), now)).toEqual(['anna@acme.test']);
  });

  it('include expired ones among those ever held', () => {
    expect(emailsEverHeld(customerWith(undo('over', 0), undo('live')))).toEqual([
      'anna@acme.test',
      'over@acme.test',
      'live@acme.test',
    ]);
    expect(emailsEverHeld(customerWith())).toEqual(['anna@acme.test']);
  });

  it('since a change are those that it got by that change and later', () => {
    const customer = customerWith(undo('one'), undo('two'), undo('three'));
    const since = (name: string) => emailsSince(customer, `change of ${name}`);
    expect(since('one')).toEqual(['two@acme.test', 'three@acme.test', 'anna@acme.test']);
    expect(since('two')).toEqual(['three@acme.test', 'anna@acme.test']);
    expect(since('three')).toEqual(['anna@acme.test']);
    expect(emailsSince(customerWith(), 'any')).toEqual(['anna@acme.test']);
  });
});

describe('A change to another e-mail', () => {
  const moved = (customer: Customer, newEmail = 'next@acme.test') =>
    undosAfterMove(customer, newEmail, change);

  it('can be undone for a week, and the e-mail stays reserved an hour longer [X-03]', () => {
    expect(UNDO_SECONDS).toBe(7 * DAY);
    expect(moved(customerWith())).toEqual([
      { change: 'newest', email: 'anna@acme.test', reservedUntil: at(7 * DAY + 3600) },
    ]);
  });

  it('is added after earlier ones that have not expired', () => {
    expect(namesOf(moved(customerWith(undo('over', 0), undo('live'))))).toEqual(['live', 'anna']);
  });

  it('back to an earlier e-mail undoes that change and all later ones [X-03]', () => {
    const customer = customerWith(undo('over', 0), undo('one'), undo('two'), undo('three'));
    expect(namesOf(moved(customer, 'two@acme.test'))).toEqual(['one']);
    expect(namesOf(moved(customer, 'one@acme.test'))).toEqual([]);
    expect(namesOf(moved(customer, 'over@acme.test'))).toEqual(['one', 'two', 'three', 'anna']);
  });

  it('is refused after five that can still be undone, and the refusal says why [X-03, W-45]', () => {
    const problem = "can't be changed yet: 5 changes within 7 days can still be undone";
    expect(moveProblem(customerWith(...FIVE), 'next@acme.test', now)).toBe(problem);
    expect(() => moved(customerWith(...FIVE))).toThrow(`newEmail: ${problem}`);
    expect(moveProblem(customerWith(...FIVE.slice(1)), 'next@acme.test', now)).toBeUndefined();
    expect(
      moveProblem(customerWith(undo('over', 0), ...FIVE.slice(1)), 'next@acme.test', now),
    ).toBeUndefined();
  });

  it('is not refused if it goes back', () => {
    expect(moveProblem(customerWith(...FIVE), 'three@acme.test', now)).toBeUndefined();
    expect(namesOf(moved(customerWith(...FIVE), 'three@acme.test'))).toEqual(['one', 'two']);
  });
});

describe('The undos of an account', () => {
  const customer = customerWith(undo('one'), undo('two'), undo('three'));

  it('before a given one are the older ones', () => {
    const before = (name: string) => namesOf(undosBefore(customer, `change of ${name}`));
    expect([before('three'), before('two'), before('one')]).toEqual([['one', 'two'], ['one'], []]);
    expect(before('nobody')).toEqual([]);
    expect(undosBefore(customerWith(), 'any')).toEqual([]);
  });

  it('open with the token of their mail, whose time begins when it is written', () => {
    const token = { hash: 'hash', expiresAt: at(8 * DAY) };
    const written = withUndoToken(customer, 'change of two', token);
    expect(written).toEqual({
      ...customer,
      emailUndos: [undo('one'), { ...undo('two'), token, reservedUntil: at(8 * DAY + 3600) }, undo('three')],
    });
  });

  it('do not open once there is nothing to undo', () => {
    const token = { hash: 'hash', expiresAt: at(DAY) };
    expect(withUndoToken(customer, 'change of nobody', token)).toBe(customer);
    const without = customerWith();
    expect(withUndoToken(without, 'any', token)).toBe(without);
  });
});
