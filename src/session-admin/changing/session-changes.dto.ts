import { ApiPropertyOptional } from '@nestjs/swagger';
import { ProblemDetailsDto } from '../../http/errors/refusals.js';
import { UpdateOwnContextDto } from '../../session-context/index.js';
import type { JsonObject } from '../../shared/json.js';

/** What shoppers may change themselves; here, the cart goes along. */
export class ChangeContextDto extends UpdateOwnContextDto {
  @ApiPropertyOptional({
    example: 'main',
    description:
      'Code of an active site. The cart moves there. Without a currency, the currency of the site is taken where it ' +
      'does not sell in the present one.',
  })
  override siteCode?: string;

  @ApiPropertyOptional({
    example: 'EUR',
    description: 'ISO 4217 code of a currency that the site sells in. The cart changes to it.',
  })
  override currency?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { loyaltyTier: 'gold' },
    description: 'Attributes to set, by name, with any JSON values. null removes one; others stay.',
  })
  override context?: JsonObject;
}

export class ContextChangedDto extends ProblemDetailsDto {
  @ApiPropertyOptional({
    example: 4,
    description: 'The version that the context has now. Absent if the cart was in the way.',
  })
  currentVersion?: number;
}
