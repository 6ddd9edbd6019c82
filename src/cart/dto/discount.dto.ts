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

/** POST /discounts. The tenant decides what a code takes off, so other fields in the body have no effect. */
export class ApplyDiscountDto {
  @ApiProperty({
    example: 'WELCOME10',
    maxLength: MAX_CODE,
    description: 'Discount code, in upper or lower case.',
  })
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
    description: 'Codes to remove, separated by commas. Leave it out to remove all.',
  })
  @OptionalField()
  @Transform(({ value }) => codesOf(value))
  @IsArray({ message: 'codes must be sent once, as one list separated by commas' })
  @ArrayMaxSize(100)
  @IsString({ each: true })
  codes?: string[];
}

/** An empty list means all codes, as the Emporix API describes it. */
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
    description: 'Position among the discounts of the cart, from 0.',
  })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  discountIndex!: number;
}

export class AppliedCodeDto {
  @ApiProperty({
    example: 'urn:yaas:saasag:cart:discount:acme;65141d687308095e25ca0671;0',
    description: 'URN of the discount.',
  })
  yrn!: string;

  @ApiProperty({ example: '0', description: 'Id of the discount.' })
  discountId!: string;

  @ApiProperty({
    type: 'integer',
    example: 0,
    description: 'Position among the discounts of the cart, from 0.',
  })
  discountIndex!: number;
}

class DiscountValidationDto {
  @ApiProperty({
    example: 'FIVE asks for products of 50 EUR in all; these are 39.8',
    description: 'Why the code is not valid, in one sentence.',
  })
  message!: string;

  @ApiProperty({ type: [String], description: 'Each reason.' })
  details!: readonly string[];
}

export class CartDiscountDto {
  @ApiProperty({ example: '0', description: 'Id of the discount.' })
  id!: string;

  @ApiProperty({ description: 'URN of the discount.' })
  yrn!: string;

  @ApiProperty({ example: 'WELCOME10', description: 'The discount code.' })
  code!: string;

  @ApiProperty({
    type: 'integer',
    example: 0,
    description: 'Position among the discounts of the cart, from 0.',
  })
  discountIndex!: number;

  @ApiPropertyOptional({ description: 'Name of the discount.' })
  name?: string;

  @ApiPropertyOptional({ example: 10, description: 'Percentage that the code takes off.' })
  discountRate?: number;

  @ApiPropertyOptional({ example: 5, description: 'Amount that the code takes off, in `currency`.' })
  amount?: number;

  @ApiPropertyOptional({
    example: 'EUR',
    description: 'ISO 4217 code of the currency of `amount`. If set, the code is valid only for carts in it.',
  })
  currency?: string;

  @ApiPropertyOptional({
    enum: ['PERCENT', 'ABSOLUTE'],
    description: 'Whether the discount is a percentage or a fixed amount.',
  })
  discountType?: string;

  @ApiProperty({
    enum: ['ApplyDiscountBeforeTax', 'ApplyDiscountAfterTax'],
    description: 'Whether the discount is taken from gross amounts (after tax) or net amounts (before tax).',
  })
  calculationType!: string;

  @ApiProperty({
    enum: ['SUBTOTAL'],
    description: 'What the discount is taken from: the products without their fees.',
  })
  discountCalculationType!: string;

  @ApiProperty({ description: 'Whether the code takes something off at the moment.' })
  valid!: boolean;

  @ApiPropertyOptional({
    type: DiscountValidationDto,
    description: 'Why the code is not valid. Absent if it is.',
  })
  discountValidationDetails?: DiscountValidationDto;
}

const discountYrn = ({ tenant, id }: Cart, discountId: string): string =>
  `urn:yaas:saasag:cart:discount:${tenant};${id};${discountId}`;

/** Describes the discount that was applied last. */
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
