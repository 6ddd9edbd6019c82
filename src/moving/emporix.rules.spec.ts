import { describe, expect, it } from 'vitest';
import { BUILT_AT } from '../../test/support/data/builders.js';
import { customerLineOf } from './converters.js';
import { readLine, UnusableLine } from './lines/line.js';

const customerOf = (fields: object) =>
  readLine(customerLineOf('emporix', 'acme', JSON.stringify(fields)), BUILT_AT);

describe('A customer of Emporix', () => {
  it('keeps id, profile, addresses and mixins', () => {
    const given = {
      id: '10001',
      contactEmail: 'Cora@acme.test',
      firstName: 'Cora',
      lastName: null,
      preferredSite: 'main',
      active: true,
      addresses: [
        {
          id: 'a',
          street: 'Weg',
          country: 'DE',
          tags: ['BILLING'],
          isDefault: true,
          metadata: { mixins: { m: 'u' } },
        },
      ],
      mixins: { m: { n: 1 } },
      metadata: { createdAt: '2024-05-01T10:00:00.000Z', mixins: { m: 'https://x.test' }, version: 4 },
    };
    expect(customerOf(given)).toEqual({
      kind: 'customer',
      customer: {
        tenant: 'acme',
        id: '10001',
        email: 'cora@acme.test',
        contactEmail: 'Cora@acme.test',
        firstName: 'Cora',
        preferredSite: 'main',
        groups: [],
        addresses: [
          {
            id: 'a',
            street: 'Weg',
            country: 'DE',
            tags: ['BILLING'],
            isDefault: true,
            mixins: {},
            mixinSchemas: { m: 'u' },
          },
        ],
        mixins: { m: { n: 1 } },
        mixinSchemas: { m: 'https://x.test' },
        createdAt: new Date('2024-05-01T10:00:00.000Z'),
        version: 1,
      },
    });
  });

  it('stays blocked', () => {
    const blocked = { contactEmail: 'cora@acme.test', active: false, onHold: true, type: 'CONTACT' };
    expect(customerOf(blocked)).toMatchObject({
      customer: { inactive: true, onHold: true, type: 'CONTACT' },
    });
  });

  it('is refused without an e-mail, and if the line is no object', () => {
    expect(() => customerOf({})).toThrow('email: ');
    expect(() => customerLineOf('emporix', 'acme', 'x')).toThrow(UnusableLine);
  });
});
