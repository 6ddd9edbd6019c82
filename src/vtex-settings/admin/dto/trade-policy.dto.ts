import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { isPrivate, type TradePolicy } from '../../settings/trade-policy.rules.js';

/** A site, as sessions see it: `sc` asks for it by its id. */
export class TradePolicyDto {
  @ApiProperty({ example: 'main', description: 'the code of the site' })
  id!: string;

  @ApiProperty({ example: 'Acme' })
  name!: string;

  @ApiProperty()
  active!: boolean;

  @ApiProperty({ description: 'what a session has that asks for none' })
  default!: boolean;

  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiProperty({ enum: ['public', 'private'] })
  privacy!: 'public' | 'private';

  @ApiPropertyOptional({ type: [String], description: 'of a private one: whose members may use it' })
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
