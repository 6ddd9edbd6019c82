import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { Flag, OptionalText } from './fields.decorator.js';

/** GET /carts: together they are those of one open cart (W-50). */
export class CartCriteriaDto {
  @ApiProperty({ example: 'main' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  siteCode!: string;

  @ApiPropertyOptional({ description: 'left out: the cart that has no type' })
  @OptionalText(64)
  type?: string;

  @ApiPropertyOptional({ description: 'left out: the cart that has none' })
  @OptionalText(200)
  legalEntityId?: string;

  @ApiPropertyOptional({ description: "for a service token; a shopper's own session is known" })
  @OptionalText(256)
  sessionId?: string;

  @ApiPropertyOptional({ description: 'for a service token' })
  @OptionalText(200)
  customerId?: string;

  @ApiPropertyOptional({ type: 'boolean', description: 'make the cart if there is none', default: false })
  @Flag()
  create = false;
}

export class PartialDto {
  @ApiPropertyOptional({ type: 'boolean', description: 'true: fields that are absent stay', default: false })
  @Flag()
  partial = false;
}

export class CalculationDto {
  @ApiPropertyOptional({ type: 'boolean', description: 'false: without what the cart costs', default: true })
  @Flag()
  expandCalculation = true;
}
