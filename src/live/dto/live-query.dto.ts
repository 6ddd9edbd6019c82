import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { KnownItemsOnly } from '../../http/input/known-items.decorator.js';

/** Longer than any id. */
const LONGEST = 1_024;
/** Longer than the names of all types together. */
const LONGEST_TYPES = 1_024;

const TYPE = String.raw`onesession\.(?:[a-z_]+\.(?:[a-z_]+|\*)|\*)`;
const TYPES = new RegExp(`^${TYPE}(?:,${TYPE})*$`);

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
  @Matches(TYPES, {
    message:
      'types must be types such as onesession.context.changed or onesession.context.*, separated by commas',
  })
  types?: string;

  @ApiPropertyOptional({ maxLength: LONGEST, description: 'Only events of this session and of its carts.' })
  @OptionalField()
  @IsString()
  @MaxLength(LONGEST)
  sessionId?: string;
}
