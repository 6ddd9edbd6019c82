import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayNotEmpty, IsISO31661Alpha3, Matches } from 'class-validator';
import { OptionalField } from '../../../http/input/fields.decorator.js';
import { Nested, NestedList } from '../../../http/input/nested.decorator.js';
import { InvalidInput } from '../../../shared/domain-error.js';
import type { Campaign, CampaignRule, Draft, PostalCodeCondition } from '../../vtex-settings.types.js';
import { COUNTRY, IsEntryId, Text } from './fields.js';
import { EntryDto, PutEntryDto } from './metadata.dto.js';

const MOST_RULES = 100;

export class PostalCodeConditionDto {
  @ApiPropertyOptional({
    example: '05',
    description: 'Beginning of the postal codes. Send either this, or `from` and `to`.',
  })
  @OptionalField()
  @Text()
  prefix?: string;

  @ApiPropertyOptional({ example: '05000000', description: 'First postal code of a range.' })
  @OptionalField()
  @Text()
  from?: string;

  @ApiPropertyOptional({
    example: '05999999',
    description: 'Last postal code of the range, of the same length as `from`.',
  })
  @OptionalField()
  @Text()
  to?: string;

  @ApiPropertyOptional({
    example: 'BRA',
    description: 'ISO 3166-1 alpha-3 country code. Left out: postal codes of any country.',
  })
  @OptionalField()
  @Matches(/^[A-Z]{3}$/, { message: COUNTRY })
  @IsISO31661Alpha3({ message: COUNTRY })
  country?: string;
}

/** A shopper meets the rule when all given conditions hold. */
export class CampaignRuleDto {
  @ApiPropertyOptional({
    example: '@acme.test',
    description: 'E-mail address, or `@domain` for all addresses of a domain.',
  })
  @OptionalField()
  @Text()
  @Matches(/^[^@\s]*@[^@\s]+$/, { message: 'must be an e-mail address, or @domain' })
  email?: string;

  @ApiPropertyOptional({ example: 'gold', description: 'Id of a customer group.' })
  @OptionalField()
  @IsEntryId()
  group?: string;

  @ApiPropertyOptional({ example: 'google', description: 'Value of `utm_source`, in upper or lower case.' })
  @OptionalField()
  @Text()
  @Matches(/\S/, { message: 'must not be empty' })
  utm_source?: string;

  @ApiPropertyOptional({
    example: 'black friday',
    description: 'Value of `utm_campaign`, in upper or lower case.',
  })
  @OptionalField()
  @Text()
  @Matches(/\S/, { message: 'must not be empty' })
  utm_campaign?: string;

  @ApiPropertyOptional({ type: PostalCodeConditionDto, description: 'Postal codes of the shopper.' })
  @OptionalField()
  @Nested(() => PostalCodeConditionDto)
  postalCode?: PostalCodeConditionDto;
}

export class PutCampaignDto extends PutEntryDto {
  @ApiProperty({
    type: [CampaignRuleDto],
    description: 'Rules of the audience. A shopper who meets one of them is in it.',
  })
  @ArrayNotEmpty()
  @NestedList(() => CampaignRuleDto, { max: MOST_RULES })
  rules!: CampaignRuleDto[];
}

export class CampaignDto extends EntryDto {
  @ApiProperty({ example: 'vip', description: 'Id of the campaign, as sessions and segments show it.' })
  id!: string;

  @ApiProperty({ type: [CampaignRuleDto], description: 'Rules of the audience.' })
  rules!: readonly CampaignRule[];
}

/** @throws InvalidInput */
export const toCampaign = (id: string, { rules }: PutCampaignDto): Draft<'campaigns'> => ({
  id,
  rules: rules.map(({ postalCode, ...conditions }, i) => ({
    ...conditions,
    ...(postalCode && { postalCode: toCondition(postalCode, `rules.${i}.postalCode`) }),
  })),
});

function toCondition(
  { prefix, from, to, country }: PostalCodeConditionDto,
  field: string,
): PostalCodeCondition {
  const where = country === undefined ? {} : { country };
  if (prefix !== undefined && from === undefined && to === undefined) return { prefix, ...where };
  if (prefix === undefined && from !== undefined && to !== undefined) return { from, to, ...where };
  throw InvalidInput.of(field, 'must have either prefix, or from and to');
}

export const toCampaignDto = ({ version, ...campaign }: Campaign): CampaignDto => ({
  ...campaign,
  metadata: { version },
});
