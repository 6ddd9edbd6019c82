import { describe, expect, it } from 'vitest';
import { credentialsOf, newCustomer, signupProblems, type SignupRequest } from './signup.rules.js';

const minimal: SignupRequest = { email: ' Carla@Acme.test ', password: 'a fine password' };
const fieldsOf = (request: SignupRequest) =>
  signupProblems(request, new Set(['password'])).map(({ field }) => field);
const made = (request: SignupRequest) =>
  newCustomer('acme', { customer: 'c1', address: 'a1' }, request, new Date(0));

describe('A signup', () => {
  it('makes version 1 of a customer who logs in with the e-mail address in lower case [W-13]', () => {
    expect(made(minimal)).toStrictEqual({
      tenant: 'acme',
      id: 'c1',
      email: 'carla@acme.test',
      contactEmail: 'Carla@Acme.test',
      groups: [],
      addresses: [],
      mixins: {},
      createdAt: new Date(0),
      version: 1,
    });
  });

  it('uses separate credentials if there are any', () => {
    const signup = { email: 'Login@Acme.test', password: 'another fine one' };
    expect(credentialsOf({ ...minimal, signup })).toEqual({
      email: 'login@acme.test',
      password: signup.password,
    });
    expect(credentialsOf({ ...minimal, signup: { email: 'login@acme.test' } }).password).toBe(
      minimal.password,
    );
    expect(made({ ...minimal, signup })).toMatchObject({
      email: 'login@acme.test',
      contactEmail: 'Carla@Acme.test',
    });
  });

  it('checks the password that will log in, and names its field [W-45]', () => {
    expect(fieldsOf({ ...minimal, password: 'short' })).toEqual(['password']);
    expect(fieldsOf({ ...minimal, password: 'short', signup: { password: 'long enough' } })).toEqual([]);
    expect(fieldsOf({ ...minimal, signup: { password: 'password' } })).toEqual(['signup.password']);
    expect(fieldsOf({ ...minimal, signup: { password: 'carla@acme.test' } })).toEqual(['signup.password']);
  });

  it('reports all problems at once [W-45]', () => {
    const request: SignupRequest = {
      email: 'carla@acme.test',
      password: '1234567',
      customerDetails: { contactEmail: 'other@acme.test', preferredCurrency: 'XYZ' },
      customerAddress: { country: 'ZZ' },
    };
    expect(fieldsOf(request)).toEqual([
      'password',
      'customerDetails.contactEmail',
      'customerDetails.preferredCurrency',
      'customerAddress.country',
    ]);
    const messages = signupProblems(request, new Set()).map(({ message }) => message);
    expect(messages).toContain('must be the same as email, or be left out');
  });

  it('accepts a contact e-mail that is absent or differs only in case', () => {
    expect(fieldsOf({ ...minimal, customerDetails: { contactEmail: 'CARLA@acme.test' } })).toEqual([]);
    expect(fieldsOf({ ...minimal, customerDetails: { contactEmail: null } })).toEqual([]);
  });

  it('treats null like an absent field', () => {
    const nothing = { customerDetails: null, customerAddress: null, signup: null };
    expect(fieldsOf({ ...minimal, ...nothing })).toEqual([]);
    expect(made({ ...minimal, ...nothing })).toStrictEqual(made(minimal));
    expect(credentialsOf({ ...minimal, signup: { email: null, password: null } })).toEqual(
      credentialsOf(minimal),
    );
  });

  it('makes the address the first one, and so the default for its tags [W-20]', () => {
    const { addresses } = made({ ...minimal, customerAddress: { country: 'DE', tags: ['BILLING'] } });
    expect(addresses).toEqual([{ id: 'a1', country: 'DE', tags: ['BILLING'], isDefault: true, mixins: {} }]);
  });

  it('keeps mixins as they were sent, and ignores a version', () => {
    const metadata = { version: 7, mixins: { size: 'https://example.com/size.json' } };
    const customer = made({ ...minimal, customerDetails: { mixins: { a: null }, metadata } });
    expect(customer).toMatchObject({ mixins: { a: null }, mixinSchemas: metadata.mixins, version: 1 });
    const deep = JSON.parse('{"a":'.repeat(100) + '1' + '}'.repeat(100));
    expect(() => made({ ...minimal, customerDetails: { mixins: deep } })).toThrow(
      /^customerDetails.mixins: /,
    );
  });
});
