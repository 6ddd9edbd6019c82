import { describe, expect, it } from 'vitest';
import { BUILT_AT } from '../../test/support/data/builders.js';
import { customerLineOf } from './converters.js';
import { readLine, UnusableLine } from './lines/line.js';

const customerOf = (fields: object) =>
  readLine(customerLineOf('vtex', 'acme', JSON.stringify(fields)), BUILT_AT);

describe('A customer of VTEX', () => {
  it('keeps id, profile and addresses, with the codes and times of this service', () => {
    const given = {
      id: 'doc',
      userId: 'user',
      email: 'davi@acme.test',
      homePhone: '+55',
      corporateName: 'Davi SA',
      isNewsletterOptIn: false,
      createdIn: '2024-05-01T07:00:00.1234567-03:00',
      addresses: [
        {
          addressName: 'home',
          receiverName: 'D',
          street: 'Rua',
          number: '1',
          complement: 'b',
          neighborhood: 'n',
          postalCode: '05000',
          country: 'BRA',
        },
        { country: 'nowhere' },
      ],
    };
    const address = { mixins: {}, tags: ['SHIPPING'] };
    expect(customerOf(given)).toMatchObject({
      customer: {
        id: 'user',
        email: 'davi@acme.test',
        contactEmail: 'davi@acme.test',
        contactPhone: '+55',
        company: 'Davi SA',
        createdAt: new Date('2024-05-01T10:00:00.123Z'),
        addresses: [
          {
            ...address,
            id: 'home',
            contactName: 'D',
            street: 'Rua',
            streetNumber: '1',
            streetAppendix: 'b',
            extraLine1: 'n',
            zipCode: '05000',
            country: 'BR',
            isDefault: true,
          },
          { ...address, id: '1', isDefault: false },
        ],
      },
    });
  });

  it('is refused without an e-mail, and if the line is no object', () => {
    expect(() => customerOf({})).toThrow('email: ');
    expect(() => customerLineOf('vtex', 'acme', 'x')).toThrow(UnusableLine);
  });
});
