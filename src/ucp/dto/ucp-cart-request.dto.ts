import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { OptionalField, PLAIN_TEXT } from '../../http/input/fields.decorator.js';
import { Nested, NestedList } from '../../http/input/nested.decorator.js';
import type { WantedCart, WantedContext, WantedLine } from '../ucp.types.js';

const MAX_LINES = 2_000;
const MAX_ID = 200;

const plain = { message: '$property must not contain control characters' };

const Text = (max: number): PropertyDecorator =>
  applyDecorators(IsString(), MinLength(1), MaxLength(max), Matches(PLAIN_TEXT, plain));

/** An empty text counts as absent: agents fill in forms. */
const OptionalText = (max: number, description: string, example?: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ maxLength: max, description, ...(example !== undefined && { example }) }),
    OptionalField(),
    IsString(),
    MaxLength(max),
    Matches(PLAIN_TEXT, plain),
  );

class UcpWantedUnitDto {
  @ApiProperty({ maxLength: 40, example: 'C62', description: 'Unit that the quantity counts, by UN/CEFACT.' })
  @Text(40)
  unit!: string;

  @ApiPropertyOptional({
    minimum: 0,
    maximum: 15,
    description: 'One step is this power of a tenth of a unit.',
  })
  @OptionalField()
  @IsInt()
  @Min(0)
  @Max(15)
  scale?: number;
}

class UcpWantedItemDto {
  @ApiProperty({ maxLength: MAX_ID, example: 'umbrella', description: 'Id of the product.' })
  @Text(MAX_ID)
  id!: string;

  @ApiPropertyOptional({ type: UcpWantedUnitDto, description: 'Unit that the agent counts in.' })
  @OptionalField()
  @Nested(() => UcpWantedUnitDto)
  quantity_unit?: UcpWantedUnitDto;
}

class UcpWantedLineDto {
  @ApiPropertyOptional({
    maxLength: MAX_ID,
    description: 'Line to keep, in a change. Without it, any line of the product is kept.',
  })
  @OptionalField()
  @Text(MAX_ID)
  id?: string;

  @ApiProperty({ type: UcpWantedItemDto })
  @Nested(() => UcpWantedItemDto)
  item!: UcpWantedItemDto;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, example: 2 })
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  quantity!: number;
}

class UcpWantedContextDto {
  @OptionalText(60, 'Country by ISO 3166-1. A country that no site ships to gets a warning.', 'DE')
  address_country?: string;

  @OptionalText(100, 'Region within the country.')
  address_region?: string;

  @OptionalText(16, 'Postal code; regions and campaigns follow it.', '10557')
  postal_code?: string;

  @OptionalText(60, 'Language by BCP 47.', 'en')
  language?: string;

  @OptionalText(8, 'Currency by ISO 4217. If it is not sold there, the answer says which one is.', 'EUR')
  currency?: string;

  @OptionalText(1_000, 'What the shopper is looking for, in their words.')
  intent?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 20,
    description: 'Benefits that the shopper claims. Kept for employees; no price follows from them.',
  })
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  @Matches(PLAIN_TEXT, { each: true, ...plain })
  eligibility?: string[];
}

class UcpWantedAttributionDto {
  @OptionalText(250, 'Becomes `public.utm_source` of the session, and so on.')
  utm_source?: string;

  @OptionalText(250, 'Medium of the campaign.')
  utm_medium?: string;

  @OptionalText(250, 'Name of the campaign.')
  utm_campaign?: string;

  @OptionalText(250, 'Search term of the campaign.')
  utm_term?: string;

  @OptionalText(250, 'Variant of the campaign.')
  utm_content?: string;
}

/** Body of `POST /carts` and `PUT /carts/{id}`. Fields that are not listed are dropped, `buyer` and `signals` too. */
export class UcpCartRequestDto {
  @ApiProperty({
    type: [UcpWantedLineDto],
    maxItems: MAX_LINES,
    description: 'All lines. They replace what was there.',
  })
  @NestedList(() => UcpWantedLineDto, { max: MAX_LINES })
  line_items!: UcpWantedLineDto[];

  @ApiPropertyOptional({
    type: UcpWantedContextDto,
    description:
      'What is known of the shopper. If it is sent, `address_region`, `postal_code`, `intent` and `eligibility` that it ' +
      'leaves out are removed; the other values stay.',
  })
  @OptionalField()
  @Nested(() => UcpWantedContextDto)
  context?: UcpWantedContextDto;

  @ApiPropertyOptional({ type: UcpWantedAttributionDto, description: 'Campaign that led to the cart.' })
  @OptionalField()
  @Nested(() => UcpWantedAttributionDto)
  attribution?: UcpWantedAttributionDto;
}

export const toWantedCart = ({ line_items, context, attribution }: UcpCartRequestDto): WantedCart => ({
  lines: line_items.map(toWantedLine),
  ...(context && { context: toWantedContext(context) }),
  ...(attribution && { attribution: givenTexts({ ...attribution }) }),
});

const toWantedLine = ({ id, item, quantity }: UcpWantedLineDto): WantedLine => ({
  productId: item.id,
  quantity,
  ...(id !== undefined && { lineId: id }),
  ...(item.quantity_unit && {
    unit: { unit: item.quantity_unit.unit, scale: item.quantity_unit.scale ?? 0 },
  }),
});

function toWantedContext(sent: UcpWantedContextDto): WantedContext {
  const { eligibility } = sent;
  const texts = {
    country: sent.address_country,
    region: sent.address_region,
    postalCode: sent.postal_code,
    language: sent.language,
    currency: sent.currency,
    intent: sent.intent,
  };
  return { ...givenTexts(texts), ...(eligibility && eligibility.length > 0 && { eligibility }) };
}

const givenTexts = <K extends string>(
  texts: Partial<Record<K, string | undefined>>,
): Partial<Record<K, string>> => {
  const given: Partial<Record<K, string>> = {};
  for (const name in texts) {
    const text = texts[name];
    if (text !== undefined && text !== '') given[name] = text;
  }
  return given;
};
