import { describe, expect, it } from 'vitest';
import { InvalidInput, VersionConflict } from '../../shared/domain-error.js';
import { changedProfile, type NewCustomer, profileProblems } from './profile.rules.js';

const anna: NewCustomer = {
  tenant: 'acme',
  id: 'anna',
  email: 'anna@acme.test',
  contactEmail: 'anna@acme.test',
  firstName: 'Anna',
  lastName: 'Demo',
  groups: ['gold'],
  addresses: [],
  mixins: { size: { shoe: 38 } },
  createdAt: new Date(0),
  version: 3,
};

describe('A change of a profile', () => {
  it('keeps what it leaves out, sets what it names, removes what is null, and makes the next version [W-19]', () => {
    const next = changedProfile(anna, { firstName: 'Anne', lastName: null, mixins: { size: { hat: 56 } } });
    const { lastName: _gone, ...rest } = anna;
    expect(next).toStrictEqual({
      ...rest,
      firstName: 'Anne',
      mixins: { size: { shoe: 38, hat: 56 } },
      version: 4,
    });
  });

  it('is made from the stored version, and refused from any other', () => {
    expect(changedProfile(anna, { metadata: { version: 3 } }).version).toBe(4);
    expect(() => changedProfile(anna, { metadata: { version: 2 } })).toThrow(VersionConflict);
  });

  it('turns a customer who names a registration into a company’s, and one who removes it into a consumer', () => {
    const company = changedProfile(anna, { company: 'ACME', b2b: { companyRegistrationId: '123' } });
    expect(company.companyRegistrationId).toBe('123');
    expect(changedProfile(company, { b2b: { companyRegistrationId: null } })).not.toHaveProperty(
      'companyRegistrationId',
    );
    expect(changedProfile(company, { b2b: null })).not.toHaveProperty('companyRegistrationId');
    expect(changedProfile(company, { b2b: {} }).companyRegistrationId).toBe('123');
  });

  it('is refused if a company’s customer would have no name, and the refusal names each field [W-45]', () => {
    const change = () => changedProfile(anna, { lastName: null, b2b: { companyRegistrationId: '123' } });
    expect(change).toThrow(InvalidInput);
    expect(change).toThrow(/lastName.*company/);
  });

  it('is refused for unknown codes, and the refusal names each field [W-45]', () => {
    const wrong = { preferredCurrency: 'ZZZ', preferredLanguage: 'no such', contactEmail: null };
    expect(profileProblems(wrong, 'customerDetails.').map(({ field }) => field)).toEqual([
      'customerDetails.contactEmail',
      'customerDetails.preferredCurrency',
      'customerDetails.preferredLanguage',
    ]);
    expect(profileProblems({ preferredCurrency: 'EUR', preferredLanguage: 'en_US' })).toEqual([]);
    expect(profileProblems({ preferredCurrency: null, preferredLanguage: null })).toEqual([]);
  });
});
