import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength, ValidateBy } from 'class-validator';
import { EVENT_TYPES, namesTypes } from '../../events/index.js';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { KnownItemsOnly } from '../../http/input/known-items.decorator.js';

/** Longer than any id. */
const LONGEST = 1_024;
/** Longer than the names of all types together. */
const LONGEST_TYPES = 1_024;

const PATTERN = String.raw`onesession\.(?:[a-z_]+\.(?:[a-z_]+|\*)|\*)`;
const PATTERNS = `^${PATTERN}(?:,${PATTERN})*$`;
const PATTERNS_TEST = new RegExp(PATTERNS);

/** The query of a live stream. */
@KnownItemsOnly()
export class LiveQueryDto {
  @ApiPropertyOptional({
    maxLength: LONGEST,
    description:
      'As the header `Last-Event-ID`, which takes precedence: for clients that can’t set it. Begins after this event.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(LONGEST)
  lastEventId?: string;
}

@KnownItemsOnly()
export class TenantLiveQueryDto extends LiveQueryDto {
  @ApiPropertyOptional({
    example: 'onesession.context.*,onesession.session.ended',
    maxLength: LONGEST_TYPES,
    description:
      'Types of events, separated by commas. `*` stands for all of a group. If left out, all types.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(LONGEST_TYPES)
  @ValidateBy({
    name: 'namesTypes',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && PATTERNS_TEST.test(value) && value.split(',').every(namesTypes),
      defaultMessage: () =>
        `$property must be types (${EVENT_TYPES.join(', ')}) or groups such as onesession.context.*, separated by commas`,
    },
  })
  types?: string;

  @ApiPropertyOptional({ maxLength: LONGEST, description: 'Only events of this session and of its carts.' })
  @OptionalField()
  @IsString()
  @MaxLength(LONGEST)
  sessionId?: string;
}
