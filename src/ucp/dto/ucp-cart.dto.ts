import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { UCP_VERSION } from '../../shared/ucp.js';

const CAPABILITIES = {
  type: 'object',
  additionalProperties: { type: 'array', items: { type: 'object' } },
  example: { 'dev.ucp.shopping.cart': [{ version: UCP_VERSION }] },
} as const;

class UcpEnvelopeDto {
  @ApiProperty({ example: UCP_VERSION, description: 'Release of the protocol.' })
  version!: string;

  @ApiProperty({ enum: ['success', 'error'] })
  status!: string;

  @ApiProperty({ ...CAPABILITIES, description: 'Capabilities that this answer belongs to.' })
  capabilities!: object;
}

class UcpTotalDto {
  @ApiProperty({
    enum: ['subtotal', 'discount', 'fee', 'tax', 'total'],
    description: 'Tax is an entry of its own only where prices are net.',
  })
  type!: string;

  @ApiProperty({ type: 'integer', example: 1990, description: 'In minor units. Discounts are negative.' })
  amount!: number;
}

class UcpQuantityUnitDto {
  @ApiProperty({ example: 'unit' })
  unit!: string;

  @ApiProperty({ type: 'integer', example: 1 })
  scale!: number;

  @ApiProperty({ example: 'unit' })
  display_text!: string;
}

class UcpItemDto {
  @ApiProperty({ example: 'umbrella', description: 'Id of the product.' })
  id!: string;

  @ApiProperty({ example: 'umbrella', description: 'Name that was sent with the item, else its id.' })
  title!: string;

  @ApiProperty({ type: 'integer', minimum: 0, example: 1990, description: 'Unit price, in minor units.' })
  price!: number;

  @ApiPropertyOptional({
    type: UcpQuantityUnitDto,
    description: 'Only if the quantity is no whole number of pieces.',
  })
  quantity_unit?: UcpQuantityUnitDto;
}

class UcpLineDto {
  @ApiProperty({ example: '0' })
  id!: string;

  @ApiProperty({ type: UcpItemDto })
  item!: UcpItemDto;

  @ApiProperty({ type: 'integer', minimum: 1, example: 2 })
  quantity!: number;

  @ApiProperty({ type: [UcpTotalDto] })
  totals!: UcpTotalDto[];
}

class UcpMessageDto {
  @ApiProperty({ enum: ['error', 'warning', 'info'] })
  type!: string;

  @ApiProperty({ example: 'item_unavailable' })
  code!: string;

  @ApiPropertyOptional({
    example: '$.line_items[0].item.id',
    description: 'Place in the request, as a JSONPath.',
  })
  path?: string;

  @ApiProperty({ description: 'For people.' })
  content!: string;

  @ApiPropertyOptional({ enum: ['recoverable', 'unrecoverable'], description: 'Of errors only.' })
  severity?: string;
}

/** A cart, as the protocol has it. */
export class UcpCartDto {
  @ApiProperty({ type: UcpEnvelopeDto })
  ucp!: UcpEnvelopeDto;

  @ApiProperty({ example: '65f1c0ffee65f1c0ffee65f1' })
  id!: string;

  @ApiProperty({ type: [UcpLineDto] })
  line_items!: UcpLineDto[];

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What the session holds now.' })
  context!: object;

  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiProperty({ type: [UcpTotalDto] })
  totals!: UcpTotalDto[];

  @ApiPropertyOptional({ type: [UcpMessageDto], description: 'What the agent asked for and does not get.' })
  messages?: UcpMessageDto[];

  @ApiPropertyOptional({
    format: 'uri',
    description:
      'Link for the shopper’s browser, which takes the session over. It works once and only for a short time.',
  })
  continue_url?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'When the cart ends, unless it is changed before.',
  })
  expires_at?: string;
}

/** Tells why there is no cart. */
export class UcpRefusalDto {
  @ApiProperty({ type: UcpEnvelopeDto })
  ucp!: UcpEnvelopeDto;

  @ApiProperty({ type: [UcpMessageDto] })
  messages!: UcpMessageDto[];
}
