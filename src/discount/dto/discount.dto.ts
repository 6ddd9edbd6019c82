import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsISO8601,
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { IsCurrency, OptionalField } from '../../http/input/fields.decorator.js';
import { MAX_AMOUNT } from '../../shared/money.js';
import type { DiscountCode, DiscountDraft } from '../discount.types.js';

/** Codes have no commas, because commas separate codes in lists. */
const CODE = {
  pattern: /^[A-Za-z0-9][\w.-]{0,149}$/,
  message: 'code must be 1 to 150 letters, digits and any of . _ -, and begin with a letter or a digit',
} as const;

export class DiscountCodeParam {
  @ApiProperty({
    example: 'WELCOME10',
    pattern: CODE.pattern.source,
    description: 'Discount code, in upper or lower case.',
  })
  @Matches(CODE.pattern, { message: CODE.message })
  code!: string;
}

/** PUT /admin/{tenant}/discounts/{code} */
export class DeclareDiscountDto {
  @ApiPropertyOptional({
    example: 'Ten percent to begin with',
    maxLength: 150,
    description: 'Name of the discount, for people.',
  })
  @OptionalField()
  @IsString()
  @MinLength(1)
  @MaxLength(150)
  name?: string;

  @ApiPropertyOptional({
    example: 10,
    minimum: 0,
    maximum: 100,
    description: 'Percentage taken off. Send either this or `amount`.',
  })
  @OptionalField()
  @IsNumber()
  @Min(0)
  @Max(100)
  percent?: number;

  @ApiPropertyOptional({
    example: 5,
    minimum: 0,
    maximum: MAX_AMOUNT,
    description: 'Amount taken off, in `currency`. Send either this or `percent`.',
  })
  @OptionalField()
  @IsNumber()
  @Min(0)
  @Max(MAX_AMOUNT)
  amount?: number;

  @ApiPropertyOptional({
    example: 'EUR',
    description:
      'ISO 4217 code. If set, only carts in this currency may use the code. Required with `amount` and ' +
      'with `minimumOrderValue`.',
  })
  @OptionalField()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({
    type: [String],
    example: ['main'],
    description: 'Codes of the sites whose carts may use the code. Left out: all sites.',
  })
  @OptionalField()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  siteCodes?: string[];

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'First moment at which the code is valid. ISO 8601.',
  })
  @OptionalField()
  @IsISO8601({ strict: true })
  from?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Moment from which the code is no longer valid. ISO 8601.',
  })
  @OptionalField()
  @IsISO8601({ strict: true })
  to?: string;

  @ApiPropertyOptional({
    example: 50,
    minimum: 0,
    maximum: MAX_AMOUNT,
    description: 'Least value of the products in a cart, before discounts, in `currency`.',
  })
  @OptionalField()
  @IsNumber()
  @Min(0)
  @Max(MAX_AMOUNT)
  minimumOrderValue?: number;

  @ApiPropertyOptional({ default: true, description: 'Whether a cart may have other codes too.' })
  @OptionalField()
  @IsBoolean()
  stackable?: boolean;
}

export class DiscountDto extends DeclareDiscountDto {
  @ApiProperty({ example: 'WELCOME10', description: 'The discount code.' })
  code!: string;
}

export const toDraft = ({ from, to, ...dto }: DeclareDiscountDto): DiscountDraft => ({
  ...dto,
  ...(from !== undefined && { from: new Date(from) }),
  ...(to !== undefined && { to: new Date(to) }),
});

export const toDiscountDto = ({
  tenant: _known,
  from,
  to,
  siteCodes,
  ...discount
}: DiscountCode): DiscountDto => ({
  ...discount,
  ...(siteCodes && { siteCodes: [...siteCodes] }),
  ...(from && { from: from.toISOString() }),
  ...(to && { to: to.toISOString() }),
});
