import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { loginEmail } from '../../customer/index.js';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Flag } from '../../http/query/flag.decorator.js';
import type { ListFields, ListSpec } from '../../http/query/list-fields.js';
import { PageQueryDto } from '../../http/query/paging.js';
import { MAX_QUERY_LENGTH } from '../../http/query/parse-query.js';
import type { Condition, FilterValue } from '../../shared/filter/filter.types.js';

const TEXTS = [
  'id',
  'email',
  'contactEmail',
  'title',
  'firstName',
  'middleName',
  'lastName',
  'contactPhone',
  'company',
  'preferredLanguage',
  'preferredCurrency',
  'preferredSite',
  'type',
  'restriction',
];

/** Where the two flags are stored: `inactive` is there if the account is not active, and `onHold` if it is on hold. */
const ACTIVE = 'inactive';
const ON_HOLD = 'onHold';

const FIELDS: ListFields = {
  ...Object.fromEntries(TEXTS.map((path) => [path, { kind: 'text', path }] as const)),
  customerNumber: { kind: 'text', path: 'id' },
  'b2b.companyRegistrationId': { kind: 'text', path: 'companyRegistrationId' },
  active: { kind: 'boolean', path: ACTIVE },
  onHold: { kind: 'boolean', path: ON_HOLD },
  metadataCreatedAt: { kind: 'date', path: 'createdAt' },
  'metadata.createdAt': { kind: 'date', path: 'createdAt' },
};

export const CUSTOMER_LIST: ListSpec = {
  fields: FIELDS,
  sortable: ['id', 'customerNumber', 'contactEmail', 'lastName', 'metadataCreatedAt', 'metadata.createdAt'],
  defaultSort: 'metadataCreatedAt:desc',
  pageSize: 60,
};

/** Rewrites conditions on what is stored otherwise than it is shown. */
export const storedConditions = (conditions: readonly Condition[]): readonly Condition[] =>
  conditions.map((condition): Condition => {
    if (condition.path === 'email') return storedEmails(condition);
    if (condition.op !== 'eq') return condition;
    const { path, value } = condition;
    if (path === ACTIVE) return { op: value === true ? 'absent' : 'present', path };
    if (path === ON_HOLD) return { op: value === true ? 'present' : 'absent', path };
    return condition;
  });

const Expand = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      example: 'addresses,mixin:*',
      maxLength: 256,
      description:
        'What to include, separated by commas: `addresses`, `accounts`, `mixin:*` or `mixin:` and a name.',
    }),
    OptionalField(),
    IsString(),
    MaxLength(256),
  );

/** Declares `expand`. */
export class ExpandQueryDto {
  @Expand()
  expand?: string;
}

/** The query of a search, whose body holds `q`. */
export class CustomerPageDto extends PageQueryDto {
  @Expand()
  expand?: string;
}

const Q = {
  example: 'contactEmail:anna@acme.test',
  maxLength: MAX_QUERY_LENGTH,
  description:
    'Filter. Filters by `id`, `email`, `firstName` or `lastName` are fast, however many customers there are.',
} as const;

export class CustomerListQueryDto extends CustomerPageDto {
  @ApiPropertyOptional(Q)
  @OptionalField()
  @IsString()
  @MaxLength(MAX_QUERY_LENGTH)
  q?: string;
}

/** The body of a search. */
export class CustomerSearchDto {
  @ApiPropertyOptional(Q)
  @OptionalField()
  @IsString()
  @MaxLength(MAX_QUERY_LENGTH)
  q?: string;
}

export class InvitingQueryDto {
  @Flag({
    default: true,
    description: 'Whether a new customer gets a mail with a link to set a password.',
  })
  sendPasswordResetNotifications?: boolean;
}

/** The e-mail of a login is stored in one spelling, in which it is looked for, whole or in part (F-28). */
function storedEmails(condition: Condition): Condition {
  const stored = (value: FilterValue): FilterValue => (typeof value === 'string' ? loginEmail(value) : value);
  if (condition.op === 'eq') return { ...condition, value: stored(condition.value) };
  if (condition.op === 'in') return { ...condition, values: condition.values.map(stored) };
  if (condition.op !== 'like') return condition;
  const pieces = condition.pattern.pieces.map((piece) => piece.map((character) => character?.toLowerCase()));
  return { ...condition, pattern: { ...condition.pattern, pieces } };
}
