import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsNotEmpty,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { OptionalField, PLAIN_TEXT } from '../../http/input/fields.decorator.js';
import type { Cart } from '../cart.types.js';
import type { CalculatedCart } from '../totals/cart-totals.types.js';

const MAX_CODE = 150;

/** POST /discounts. What the code takes off is the tenant's to say: whatever else is sent changes nothing. */
export class ApplyDiscountDto {
  @ApiProperty({ example: 'WELCOME10', maxLength: MAX_CODE, description: 'in either case' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_CODE)
  @Matches(PLAIN_TEXT, { message: '$property must not contain control characters' })
  code!: string;
}

/** DELETE /discounts */
export class DiscountCodesDto {
  @ApiPropertyOptional({
    type: String,
    example: 'WELCOME10,FIVE',
    description: 'with commas between them; left out: all',
  })
  @OptionalField()
  @Transform(({ value }) => codesOf(value))
  @IsArray({ message: 'codes must be given once, with commas between them' })
  @ArrayMaxSize(100)
  @IsString({ each: true })
  codes?: string[];
}

/** Nothing named is everything (of the wire's description). */
function codesOf(value: unknown): unknown {
  if (typeof value !== 'string') return value === undefined ? undefined : '';
  const codes = value
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '');
  return codes.length === 0 ? undefined : codes;
}

export class DiscountIndexDto {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    example: 0,
    description: 'where it stands among the discounts',
  })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  discountIndex!: number;
}

export class AppliedCodeDto {
  @ApiProperty({ example: 'urn:yaas:saasag:cart:discount:acme;65141d687308095e25ca0671;0' })
  yrn!: string;

  @ApiProperty({ example: '0' })
  discountId!: string;

  @ApiProperty({ type: 'integer', example: 0 })
  discountIndex!: number;
}

class DiscountValidationDto {
  @ApiProperty({ example: 'FIVE asks for products of 50 EUR in all; these are 39.8' })
  message!: string;

  @ApiProperty({ type: [String] })
  details!: readonly string[];
}

export class CartDiscountDto {
  @ApiProperty({ example: '0' })
  id!: string;

  @ApiProperty()
  yrn!: string;

  @ApiProperty({ example: 'WELCOME10' })
  code!: string;

  @ApiProperty({ type: 'integer', example: 0 })
  discountIndex!: number;

  @ApiPropertyOptional()
  name?: string;

  @ApiPropertyOptional({ example: 10, description: 'percent' })
  discountRate?: number;

  @ApiPropertyOptional({ example: 5 })
  amount?: number;

  @ApiPropertyOptional({ example: 'EUR' })
  currency?: string;

  @ApiPropertyOptional({ enum: ['PERCENT', 'ABSOLUTE'] })
  discountType?: string;

  @ApiProperty({ enum: ['ApplyDiscountBeforeTax', 'ApplyDiscountAfterTax'] })
  calculationType!: string;

  @ApiProperty({ enum: ['SUBTOTAL'], description: 'of the products, without their fees' })
  discountCalculationType!: string;

  @ApiProperty({ description: 'false: it takes nothing off at the moment' })
  valid!: boolean;

  @ApiPropertyOptional({ type: DiscountValidationDto, description: 'why it is not valid' })
  discountValidationDetails?: DiscountValidationDto;
}

const discountYrn = ({ tenant, id }: Cart, discountId: string): string =>
  `urn:yaas:saasag:cart:discount:${tenant};${id};${discountId}`;

/** Of the discount that was put in last. */
export function toAppliedCode(cart: Cart): AppliedCodeDto {
  const discounts = cart.discounts ?? [];
  const discountId = discounts.at(-1)?.id ?? '';
  return { yrn: discountYrn(cart, discountId), discountId, discountIndex: discounts.length - 1 };
}

export const toCartDiscounts = ({
  cart,
  discounts,
  calculation: { includesTax },
}: CalculatedCart): CartDiscountDto[] =>
  discounts.map(({ id, code, name, percent, amount, currency, problems }, discountIndex) => ({
    id,
    yrn: discountYrn(cart, id),
    code,
    discountIndex,
    ...(name !== undefined && { name }),
    ...(percent !== undefined && { discountRate: percent, discountType: 'PERCENT' }),
    ...(amount !== undefined && { amount, discountType: 'ABSOLUTE' }),
    ...(currency !== undefined && { currency }),
    calculationType: includesTax ? 'ApplyDiscountAfterTax' : 'ApplyDiscountBeforeTax',
    discountCalculationType: 'SUBTOTAL',
    valid: problems.length === 0,
    ...(problems.length > 0 && {
      discountValidationDetails: { message: `${code} ${problems.join('; ')}`, details: problems },
    }),
  }));
