import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { isISO8601, IsIn, IsInt, IsString, Matches, Max, MaxLength, Min, ValidateBy } from 'class-validator';
import { IsCountry, IsCurrency, OptionalField } from '../../http/input/fields.decorator.js';
import { KnownItemsOnly } from '../../http/input/known-items.decorator.js';
import { CursorPageDto, DEFAULT_PAGE_SIZE, partsOf } from '../../http/query/cursor-page.js';
import { MAX_PAGE_SIZE } from '../../http/query/paging.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { SessionFilter } from '../session-filter.types.js';
import { COUNTED_BY, type CountedBy } from './session-counts.service.js';
import type { SessionPageQuery } from './session-list.service.js';

/** Longer than any id or e-mail address. */
const LONGEST = 320;
/** Longer than any segment token of ours. */
const LONGEST_SEGMENT = 8_192;

/** Without an offset, a time would be the server's local one. */
const DATE_OR_TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;

const TimeField =
  (description: string): PropertyDecorator =>
  (target, name) => {
    ApiPropertyOptional({ type: String, example: '2026-11-21T09:30:00.000Z', description })(target, name);
    OptionalField()(target, name);
    ValidateBy({
      name: 'isTime',
      validator: {
        validate: (value: unknown) => isISO8601(value, { strict: true }) && DATE_OR_TIME.test(String(value)),
        defaultMessage: () => '$property must be a time such as 2026-11-21T09:30:00Z, or a date',
      },
    })(target, name);
  };

const TextField =
  (description: string, example: string): PropertyDecorator =>
  (target, name) => {
    ApiPropertyOptional({ example, description })(target, name);
    OptionalField()(target, name);
    IsString()(target, name);
    MaxLength(LONGEST)(target, name);
  };

/** The filters of a list of sessions. Several apply together. */
@KnownItemsOnly()
export class CustomerSessionsQueryDto extends CursorPageDto {
  @ApiPropertyOptional({ enum: ['anonymous', 'customer'], description: 'Who the sessions belong to.' })
  @OptionalField()
  @IsIn(['anonymous', 'customer'])
  kind?: 'anonymous' | 'customer';

  @ApiPropertyOptional({
    enum: ['alive', 'dormant'],
    description:
      'Whether the session is served, or waits for a refresh. Pages may be shorter with this filter.',
  })
  @OptionalField()
  @IsIn(['alive', 'dormant'])
  state?: 'alive' | 'dormant';

  @TextField('Id of the cart that the context names.', '65141d687308095e25ca0671')
  cartId?: string;

  @TextField('OAuth client that the session’s tokens were issued to.', 'acme-storefront')
  clientId?: string;

  @TextField('Site of the context.', 'main')
  siteCode?: string;

  @ApiPropertyOptional({ example: 'EUR', description: 'ISO 4217 currency code of the context.' })
  @OptionalField()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({ example: 'DE', description: 'ISO 3166-1 alpha-2 country code of the context.' })
  @OptionalField()
  @IsCountry()
  targetLocation?: string;

  @ApiPropertyOptional({
    description:
      'Segment token, as `GET segments` and one session return it. Its `facets` and `admin_cultureInfo` are ignored.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(LONGEST_SEGMENT)
  // In a query, an unescaped `+` means a space.
  @Transform(({ value }) => (typeof value === 'string' ? value.replaceAll(' ', '+') : value))
  segment?: string;

  @TimeField('Only sessions that began at this time or later.')
  createdAfter?: string;

  @TimeField('Only sessions that began before this time.')
  createdBefore?: string;
}

@KnownItemsOnly()
export class SessionsQueryDto extends CustomerSessionsQueryDto {
  @TextField('Id of the customer.', 'd43f9c7c-6a4a-4a0f-8d5a-2f2a9b7c1e55')
  customerId?: string;

  @TextField('E-mail address of the customer, in any spelling that logs in.', 'anna@acme.test')
  email?: string;
}

export function toFilter(query: SessionsQueryDto): SessionFilter {
  const { limit: _limit, cursor: _cursor, createdAfter, createdBefore, ...filter } = query;
  return {
    ...filter,
    ...(createdAfter !== undefined && { createdAfter: new Date(createdAfter) }),
    ...(createdBefore !== undefined && { createdBefore: new Date(createdBefore) }),
  };
}

/** @throws InvalidInput - the cursor is none of ours */
export function toPage({ limit = DEFAULT_PAGE_SIZE, cursor }: CursorPageDto): SessionPageQuery {
  if (cursor === undefined) return { limit };
  const [at, sessionId] = partsOf(cursor, ['number', 'string']);
  const createdAt = new Date(Number(at));
  if (Number.isNaN(createdAt.getTime())) throw InvalidInput.of('cursor', 'names no point in time');
  return { limit, behind: { createdAt, sessionId: String(sessionId) } };
}

const COUNTED = new RegExp(`^(?:${COUNTED_BY.join('|')})(?:,(?:${COUNTED_BY.join('|')}))*$`);

@KnownItemsOnly()
export class CountQueryDto {
  @ApiPropertyOptional({
    default: 'kind',
    example: 'siteCode,currency',
    description: `What to count by, separated by commas: ${COUNTED_BY.join(', ')}.`,
  })
  @OptionalField()
  @IsString()
  @Matches(COUNTED, { message: `by must be one or more of ${COUNTED_BY.join(', ')}, separated by commas` })
  by?: string;
}

export function toCountedBy({ by = 'kind' }: CountQueryDto): readonly CountedBy[] {
  const asked = by.split(',');
  return COUNTED_BY.filter((name) => asked.includes(name));
}

@KnownItemsOnly()
export class SegmentsQueryDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_PAGE_SIZE,
    default: DEFAULT_PAGE_SIZE,
    description: 'How many segments to return.',
  })
  @OptionalField()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE_SIZE)
  limit?: number;
}
