import { describe, expect, it } from 'vitest';
import { aCustomer } from '../../../test/support/data/builders.js';
import {
  hasLegacyPassword,
  importedHashProblem,
  withoutLegacyPassword,
  withReminder,
} from './legacy-password.rules.js';

const BCRYPT = '$2b$04$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const OWN = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA';
const legacy = aCustomer({ passwordHash: BCRYPT, legacyPassword: 'waiting' });

describe('A password that came from another system for a time', () => {
  it('is one until it is replaced or taken away', () => {
    expect(hasLegacyPassword(legacy)).toBe(true);
    expect(hasLegacyPassword({ ...legacy, passwordHash: OWN })).toBe(false);
    const { legacyPassword: _mark, ...forGood } = legacy;
    expect(hasLegacyPassword(forGood)).toBe(false);
    const taken = withoutLegacyPassword(legacy);
    expect(taken).not.toHaveProperty('passwordHash');
    expect(taken).not.toHaveProperty('legacyPassword');
    expect(hasLegacyPassword(taken)).toBe(false);
    expect(withoutLegacyPassword({ ...legacy, passwordHash: OWN })).toHaveProperty('passwordHash', OWN);
  });

  it('is reminded of only while it is one', () => {
    expect(withReminder(legacy)).toHaveProperty('legacyPassword', 'reminded');
    const renewed = { ...legacy, passwordHash: OWN };
    expect(withReminder(renewed)).toBe(renewed);
  });
});

describe('The hash of an imported customer', () => {
  const fitting = { algorithm: 'bcrypt', hash: BCRYPT };

  it('is of one of two kinds', () => {
    expect(importedHashProblem({ passwordHash: BCRYPT })).toBeUndefined();
    expect(importedHashProblem({ legacyAuth: fitting })).toBeUndefined();
    expect(importedHashProblem({})).toContain('Exactly one');
    expect(importedHashProblem({ passwordHash: BCRYPT, legacyAuth: fitting })).toContain('Exactly one');
  });

  it('has a known form, which fits its algorithm', () => {
    expect(importedHashProblem({ passwordHash: 'hash' })).toContain('account.passwordHash');
    expect(importedHashProblem({ legacyAuth: { ...fitting, algorithm: 'scrypt' } })).toContain(
      'legacyAuth.hash',
    );
    expect(importedHashProblem({ legacyAuth: { ...fitting, algorithm: 'md5' } })).toContain('algorithm');
  });
});
