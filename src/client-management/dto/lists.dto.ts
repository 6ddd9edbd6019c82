import { ApiPropertyOptional } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Flag } from '../../http/query/flag.decorator.js';
import type { ListFields, ListSpec } from '../../http/query/list-fields.js';
import { ListQueryDto } from '../../http/query/list-query.dto.js';
import { type ListQuery, toListing } from '../../http/query/listing.js';
import { PageQueryDto } from '../../http/query/paging.js';
import { MAX_QUERY_LENGTH } from '../../http/query/parse-query.js';
import { inAnyCase } from '../../shared/filter/filter.rules.js';
import type { Condition, Listing } from '../../shared/filter/filter.types.js';
import type { ContactType, LegalEntityType, LocationType } from '../client-management.types.js';
import { CONTACT_TYPES } from './contact-assignment.dto.js';
import { ENTITY_TYPES } from './legal-entity.dto.js';
import { LOCATION_TYPES } from './location.dto.js';

const COMMON: ListFields = {
  id: { kind: 'text', path: 'id' },
  type: { kind: 'text', path: 'type' },
  'metadata.createdAt': { kind: 'date', path: 'createdAt' },
  'metadata.modifiedAt': { kind: 'date', path: 'modifiedAt' },
};
const SORTABLE = ['id', 'type', 'metadata.createdAt', 'metadata.modifiedAt'] as const;
const texts = (...paths: string[]): ListFields =>
  Object.fromEntries(paths.map((path) => [path, { kind: 'text', path }] as const));

const LEGAL_INFO = [
  'legalInfo.legalName',
  'legalInfo.registrationDate',
  'legalInfo.taxRegistrationNumber',
  'legalInfo.registrationAgency',
  'legalInfo.countryOfRegistration',
  'legalInfo.registrationId',
];
const CONTACT_DETAILS = ['city', 'state', 'postcode', 'countryCode', 'emails', 'phones', 'addressLine1'].map(
  (name) => `contactDetails.${name}`,
);

/**
 * Where the value of a filter is in the stored record, and how it is compared: exactly by default, or without regard
 * to case, as a whole or as a part.
 */
type Filters = Readonly<
  Record<string, { readonly path: string; readonly compared?: 'whole in any case' | 'part in any case' }>
>;

/** A list that parameters of the query filter as well as `q`. */
interface CompanyList extends ListSpec {
  readonly filters: Filters;
}

const listed = (filters: Filters, fields: ListFields, ...sortable: string[]): CompanyList => ({
  filters,
  fields: { ...COMMON, ...fields },
  sortable: [...SORTABLE, ...sortable],
  defaultSort: 'metadata.createdAt',
  pageSize: 16,
});

const is = (path: string) => ({ path });
const isInAnyCase = (path: string) => ({ path, compared: 'whole in any case' as const });
const contains = (path: string) => ({ path, compared: 'part in any case' as const });

export const LEGAL_ENTITIES = listed(
  {
    id: isInAnyCase('id'),
    name: contains('name'),
    type: is('type'),
    parentId: is('parentId'),
    'legalInfo.legalName': contains('legalInfo.legalName'),
    'legalInfo.registrationDate': is('legalInfo.registrationDate'),
    'legalInfo.taxRegistrationNumber': is('legalInfo.taxRegistrationNumber'),
    'legalInfo.registrationAgency': contains('legalInfo.registrationAgency'),
    'legalInfo.countryOfRegistration': contains('legalInfo.countryOfRegistration'),
    'legalInfo.registrationId': is('legalInfo.registrationId'),
  },
  texts('name', 'parentId', ...LEGAL_INFO),
  'name',
);

export const LOCATIONS = listed(
  {
    name: contains('name'),
    type: is('type'),
    'contactDetails.email': contains('contactDetails.emails'),
    'contactDetails.phone': contains('contactDetails.phones'),
    'contactDetails.address': contains('contactDetails.addressLine1'),
    'contactDetails.city': contains('contactDetails.city'),
    'contactDetails.state': contains('contactDetails.state'),
    'contactDetails.postcode': contains('contactDetails.postcode'),
    'contactDetails.countryCode': is('contactDetails.countryCode'),
  },
  texts('name', ...CONTACT_DETAILS),
  'name',
);

export const ASSIGNMENTS = listed(
  {
    'legalEntity.id': is('legalEntityId'),
    'customer.id': is('customerId'),
    type: is('type'),
    primary: is('primary'),
  },
  {
    primary: { kind: 'boolean', path: 'primary' },
    'legalEntity.id': { kind: 'text', path: 'legalEntityId' },
    'customer.id': { kind: 'text', path: 'customerId' },
  },
);

/**
 * Turns a query and the filters that it names into what a store looks for.
 * @throws InvalidInput if the list can't be filtered or sorted like that
 */
export function listingOf(query: ListQuery, list: CompanyList, counted: boolean): Listing {
  const listing = toListing(query, list, counted);
  return { ...listing, filter: [...listing.filter, ...conditionsOf(query, list.filters)] };
}

const conditionsOf = (query: object, filters: Filters): readonly Condition[] =>
  Object.entries(filters).flatMap(([name, { path, compared }]): readonly Condition[] => {
    const value: unknown = Reflect.get(query, name);
    if (typeof value === 'boolean') return [{ op: 'eq', path, value }];
    if (typeof value !== 'string') return [];
    if (compared === undefined) return [{ op: 'eq', path, value }];
    const isWhole = compared === 'whole in any case';
    const pattern = { pieces: [inAnyCase(value)], fromStart: isWhole, toEnd: isWhole };
    return [{ op: 'like', path, pattern }];
  });

/** A filter by the text of one field. */
const Filter = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ maxLength: 250, description }),
    OptionalField(),
    IsString(),
    MaxLength(250),
  );

const FilterByType = (types: readonly string[]): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ enum: [...types], description: 'Only those of this type.' }),
    OptionalField(),
    IsIn(types),
  );

const IS = 'Only those with exactly this value.';
const IS_IN_ANY_CASE = 'Only those with this value, in any case.';
const CONTAINS = 'Only those whose value contains this text, in any case.';

/** The query of a search, whose body holds `q`. */
export class EntityFiltersDto extends PageQueryDto {
  @Filter(IS_IN_ANY_CASE) id?: string;
  @Filter(CONTAINS) name?: string;
  @FilterByType(ENTITY_TYPES) type?: LegalEntityType;
  @Filter(IS) parentId?: string;
  @Filter(CONTAINS) 'legalInfo.legalName'?: string;
  @Filter(IS) 'legalInfo.registrationDate'?: string;
  @Filter(IS) 'legalInfo.taxRegistrationNumber'?: string;
  @Filter(CONTAINS) 'legalInfo.registrationAgency'?: string;
  @Filter(CONTAINS) 'legalInfo.countryOfRegistration'?: string;
  @Filter(IS) 'legalInfo.registrationId'?: string;
}

export class EntityListQueryDto extends EntityFiltersDto {
  @ApiPropertyOptional({ example: 'type:COMPANY', maxLength: MAX_QUERY_LENGTH, description: 'Filter.' })
  @OptionalField()
  @IsString()
  @MaxLength(MAX_QUERY_LENGTH)
  q?: string;
}

/** The body of a search. */
export class EntitySearchDto {
  @ApiPropertyOptional({ example: 'type:COMPANY', maxLength: MAX_QUERY_LENGTH, description: 'Filter.' })
  @OptionalField()
  @IsString()
  @MaxLength(MAX_QUERY_LENGTH)
  q?: string;
}

export class AssignmentListQueryDto extends ListQueryDto {
  @Filter(IS) 'legalEntity.id'?: string;
  @Filter(IS) 'customer.id'?: string;
  @FilterByType(CONTACT_TYPES) type?: ContactType;
  @Flag({ description: 'Only main contacts (true) or others (false).' }) primary?: boolean;
}

export class LocationListQueryDto extends ListQueryDto {
  @Filter(CONTAINS) name?: string;
  @FilterByType(LOCATION_TYPES) type?: LocationType;
  @Filter(CONTAINS) 'contactDetails.email'?: string;
  @Filter(CONTAINS) 'contactDetails.phone'?: string;
  @Filter(CONTAINS) 'contactDetails.address'?: string;
  @Filter(CONTAINS) 'contactDetails.city'?: string;
  @Filter(CONTAINS) 'contactDetails.state'?: string;
  @Filter(CONTAINS) 'contactDetails.postcode'?: string;
  @Filter(IS) 'contactDetails.countryCode'?: string;
}
