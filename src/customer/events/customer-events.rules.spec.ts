import { describe, expect, it } from 'vitest';
import { aCustomer, BUILT_AT } from '../../../test/support/data/builders.js';
import { eventsOfCustomer } from './customer-events.rules.js';

const customer = aCustomer();
const changed = { ...customer, version: customer.version + 1 };

describe('The event of a write of a customer', () => {
  it('says what became of the customer, by id alone [D-40, D-43]', () => {
    const told = [
      ...eventsOfCustomer(undefined, customer, BUILT_AT),
      ...eventsOfCustomer(customer, changed, BUILT_AT),
      ...eventsOfCustomer(changed, undefined, BUILT_AT),
    ];
    expect(told.map(({ type }) => type.replace('onesession.customer.', ''))).toEqual([
      'created',
      'changed',
      'erased',
    ]);
    for (const { data } of told) expect(data).toEqual({ customerId: customer.id });
  });

  it('is none for a login or a new password [D-40]', () => {
    expect(eventsOfCustomer(customer, { ...customer, lastLogin: BUILT_AT }, BUILT_AT)).toEqual([]);
  });
});
