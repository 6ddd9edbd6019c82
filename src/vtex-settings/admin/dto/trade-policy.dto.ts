import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { isPrivate, type TradePolicy } from '../../settings/trade-policy.rules.js';

/** A site as sessions see it. `sc` selects it by its id. */
export class TradePolicyDto {
  @ApiProperty({ example: 'main', description: 'Id of the trade policy: the code of the site.' })
  id!: string;

  @ApiProperty({ example: 'Acme', description: 'Name of the site.' })
  name!: string;

  @ApiProperty({ description: 'Whether the site is in service.' })
  active!: boolean;

  @ApiProperty({ description: 'Whether sessions get this policy by default.' })
  default!: boolean;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217 code of the default currency.' })
  currency!: string;

  @ApiProperty({
    enum: ['public', 'private'],
    description:
      'Whether everybody may use the policy (`public`), or only members of certain groups (`private`).',
  })
  privacy!: 'public' | 'private';

  @ApiPropertyOptional({
    type: [String],
    description: 'Groups whose members may use the policy. Only present if it is private.',
  })
  onlyForGroups?: readonly string[];
}

export const toPolicyDto = (policy: TradePolicy): TradePolicyDto => ({
  id: policy.code,
  name: policy.name,
  active: policy.active,
  default: policy.default,
  currency: policy.currency,
  privacy: isPrivate(policy) ? 'private' : 'public',
  ...(policy.onlyForGroups && { onlyForGroups: policy.onlyForGroups }),
});
