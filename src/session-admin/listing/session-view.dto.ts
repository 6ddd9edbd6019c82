import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { CalculatedCart } from '../../cart/index.js';
import { hasContext } from '../../session/index.js';
import { SessionContextDto, toSessionContextDto } from '../../session-context/index.js';
import { ExplanationDto, toExplanationDto } from '../../vtex/index.js';
import { ListedSessionDto, toListedSessionDto } from './listed-session.dto.js';
import type { ViewedSession } from './session-view.service.js';

class ViewedItemDto {
  @ApiProperty({ example: '0', description: 'Id of the line.' })
  id!: string;

  @ApiPropertyOptional({
    example: 'urn:yaas:hybris:product:product:acme;umbrella',
    description: 'The product. Absent for an external item without one.',
  })
  itemYrn?: string;

  @ApiProperty({ example: 2 })
  quantity!: number;

  @ApiProperty({ example: 39.8, description: 'What the line costs, with tax.' })
  total!: number;
}

class ViewedCartDto {
  @ApiProperty({ example: '65141d687308095e25ca0671', description: 'Id of the cart.' })
  id!: string;

  @ApiProperty({ example: 'main', description: 'Code of the cart’s site.' })
  site!: string;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217 code of the cart’s currency.' })
  currency!: string;

  @ApiProperty({ example: 39.8, description: 'What the cart costs, with tax.' })
  total!: number;

  @ApiProperty({ type: [ViewedItemDto], description: 'The lines of the cart.' })
  items!: ViewedItemDto[];
}

export class ViewedSessionDto extends ListedSessionDto {
  @ApiPropertyOptional({
    example: 'acme-tools',
    description: 'Id of the legal entity that the customer buys for. Absent if they buy for themselves.',
  })
  legalEntityId?: string;

  @ApiPropertyOptional({
    type: SessionContextDto,
    description: 'The context, as the shopper reads it. Absent before the first cart.',
  })
  context?: SessionContextDto;

  @ApiProperty({ type: ExplanationDto, description: 'Each value, and who or what set it when.' })
  explain!: ExplanationDto;

  @ApiPropertyOptional({
    description:
      'Token of the segment, as the VTEX dialect would return it now. Absent without a default site.',
  })
  segment?: string;

  @ApiPropertyOptional({ type: ViewedCartDto, description: 'The cart that the context names.' })
  cart?: ViewedCartDto;
}

export function toViewedSessionDto(viewed: ViewedSession, now: Date): ViewedSessionDto {
  const { session, explanation, segment, cart } = viewed;
  const { legalEntityId } = session;
  return {
    ...toListedSessionDto(viewed, now),
    ...(legalEntityId !== undefined && { legalEntityId }),
    ...(hasContext(session) && { context: toSessionContextDto(session) }),
    explain: toExplanationDto(explanation),
    ...(segment !== undefined && { segment }),
    ...(cart && { cart: toViewedCartDto(cart) }),
  };
}

const toViewedCartDto = ({ cart, lines, totals }: CalculatedCart): ViewedCartDto => ({
  id: cart.id,
  site: cart.siteCode,
  currency: cart.currency,
  total: totals.finalPrice.grossValue,
  items: lines.map(({ item, finalPrice }) => ({
    id: item.id,
    ...(item.itemYrn !== undefined && { itemYrn: item.itemYrn }),
    quantity: item.quantity,
    total: finalPrice.grossValue,
  })),
});
