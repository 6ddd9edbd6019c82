import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { MayBeLeftOut } from '../../http/input/validation.pipe.js';
import { MAX_QUERY_LENGTH } from '../../http/query/parse-query.js';

@MayBeLeftOut()
export class SearchDto {
  @ApiPropertyOptional({
    example: 'status:OPEN siteCode:main',
    maxLength: MAX_QUERY_LENGTH,
    description:
      'Query over the fields id, siteCode, currency, status, type, customerId, sessionId, legalEntityId, ' +
      'zipCode, countryCode, channel.name, items.itemYrn, discounts.code, metadata.version, ' +
      'metadata.createdAt and metadata.modifiedAt; leave it out to find every cart.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(MAX_QUERY_LENGTH)
  q?: string;
}
