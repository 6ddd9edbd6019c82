import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import { AddressDto, ProfileDto, profileView } from '../../customer/index.js';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { KnownItemsOnly } from '../../http/input/known-items.decorator.js';
import { CursorPageDto } from '../../http/query/cursor-page.js';
import type { CustomerDetails, FoundCustomer } from '../customer-finder.types.js';
import { standingOf } from '../standing.js';

/** No address is longer (RFC 5321 section 4.5.3.1), and no name that can be searched for. */
const LONGEST_EMAIL = 320;
const LONGEST_PREFIX = 200;
const NOT_BLANK = { message: 'must not be blank; leave it out to list all' } as const;

@KnownItemsOnly()
export class CustomersQueryDto extends CursorPageDto {
  @ApiPropertyOptional({
    example: 'anna@acme.test',
    maxLength: LONGEST_EMAIL,
    description:
      'The whole e-mail address with which the customer logs in. Capitals, composed accents and the spelling of the ' +
      'domain (`bücher.example` or `xn--bcher-kva.example`) make no difference.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(LONGEST_EMAIL)
  @Matches(/\S/, NOT_BLANK)
  email?: string;

  @ApiPropertyOptional({
    example: 'ann',
    maxLength: LONGEST_PREFIX,
    description: 'Beginning of the e-mail address, the first name or the last name, in any case.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(LONGEST_PREFIX)
  @Matches(/\S/, NOT_BLANK)
  q?: string;
}

const ID = { example: 'C1a7f3e2', description: 'Id of the customer.' } as const;
const EMAIL = { example: 'anna@acme.test', description: 'The e-mail address that logs in.' } as const;
const CREATED = {
  format: 'date-time',
  example: '2026-01-15T12:00:00.000Z',
  description: 'When they signed up.',
};
const ACTIVE = {
  description: 'False if the account is switched off: nobody can log in, and all sessions have ended.',
} as const;
const ON_HOLD = { description: 'True if the account is on hold, with the same effect.' } as const;
const SESSIONS = { example: 2, minimum: 0, description: 'Number of sessions, on all devices.' } as const;

export class FoundCustomerDto {
  @ApiProperty(ID)
  id!: string;

  @ApiProperty(EMAIL)
  email!: string;

  @ApiProperty({ example: 'Anna', description: 'Empty if the customer has not given it.' })
  firstName!: string;

  @ApiProperty({ example: 'Demo', description: 'Empty if the customer has not given it.' })
  lastName!: string;

  @ApiProperty(CREATED)
  createdAt!: string;

  @ApiPropertyOptional({ example: 'us', description: 'Code of the site that the customer prefers.' })
  preferredSite?: string;

  @ApiPropertyOptional({ example: 'USD', description: 'ISO 4217 code.' })
  preferredCurrency?: string;

  @ApiProperty(ACTIVE)
  active!: boolean;

  @ApiProperty(ON_HOLD)
  onHold!: boolean;

  @ApiProperty(SESSIONS)
  sessions!: number;
}

export class FoundCustomersDto {
  @ApiProperty({ type: [FoundCustomerDto], description: 'The newest first.' })
  items!: readonly FoundCustomerDto[];

  @ApiPropertyOptional({
    example: 'WyIwODYzOTk5OTgyMzE1NDYwMDAwMC9DMWE3ZjNlMiJd',
    description: 'The `cursor` of the next page. Absent on the last page.',
  })
  next?: string;
}

export class CustomerDetailsDto extends OmitType(ProfileDto, ['id', 'addresses', 'defaultAddress'] as const) {
  @ApiProperty(ID)
  id!: string;

  @ApiProperty(EMAIL)
  email!: string;

  @ApiProperty({ type: [String], example: ['gold'], description: 'Groups of the customer.' })
  groups!: readonly string[];

  @ApiProperty(CREATED)
  createdAt!: string;

  @ApiProperty(ACTIVE)
  active!: boolean;

  @ApiProperty(ON_HOLD)
  onHold!: boolean;

  @ApiProperty({ type: [AddressDto], description: 'All addresses of the customer.' })
  addresses!: readonly AddressDto[];

  @ApiPropertyOptional({ type: AddressDto, description: 'The default among the addresses.' })
  defaultAddress?: AddressDto;

  @ApiProperty(SESSIONS)
  sessions!: number;

  @ApiProperty({ example: 1, minimum: 0, description: 'Number of open carts.' })
  carts!: number;
}

export function toFoundCustomerDto({ customer, sessions }: FoundCustomer): FoundCustomerDto {
  const { id, email, firstName = '', lastName = '', createdAt, preferredSite, preferredCurrency } = customer;
  return {
    id,
    email,
    firstName,
    lastName,
    createdAt: createdAt.toISOString(),
    ...(preferredSite !== undefined && { preferredSite }),
    ...(preferredCurrency !== undefined && { preferredCurrency }),
    ...standingOf(customer),
    sessions,
  };
}

export const toCustomerDetailsDto = ({
  customer,
  companies,
  ...counts
}: CustomerDetails): CustomerDetailsDto => ({
  addresses: [],
  ...profileView(customer, true, companies),
  email: customer.email,
  groups: customer.groups,
  createdAt: customer.createdAt.toISOString(),
  ...standingOf(customer),
  ...counts,
});
