import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  type ValidationOptions,
} from 'class-validator';
import { IsNoDotSegment, PLAIN_TEXT } from '../../http/input/fields.decorator.js';
import { isJsonObject } from '../../shared/json.js';
import { MAX_AMOUNT } from '../../shared/money.js';

export const MAX_ID_LENGTH = 128;

/** A date or a date-time. Without a zone, it is in UTC (W-59). */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

export const IsId = (options: ValidationOptions = {}): PropertyDecorator =>
  applyDecorators(IsText(MAX_ID_LENGTH, options), IsNoDotSegment(options));

export const IsText = (maxLength: number, options: ValidationOptions = {}): PropertyDecorator =>
  applyDecorators(
    IsString(options),
    MinLength(1, options),
    MaxLength(maxLength, options),
    Matches(PLAIN_TEXT, { ...options, message: '$property must not contain control characters' }),
  );

export const IsAmount = (max = MAX_AMOUNT): PropertyDecorator =>
  applyDecorators(IsNumber(), Min(0), Max(max));

const AMOUNT_TEXT = /^\d{1,12}(\.\d{1,20})?$/;

/** An amount as a number, or as text such as "629.00", which Emporix' tutorials send. */
export const IsPriceValue = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) => (typeof value === 'string' && AMOUNT_TEXT.test(value) ? Number(value) : value)),
    IsAmount(),
  );

export const PRICE_VALUE = {
  oneOf: [
    { type: 'number' as const, minimum: 0, maximum: MAX_AMOUNT },
    { type: 'string' as const, pattern: AMOUNT_TEXT.source },
  ],
};

/** Smaller quantities could make a calculated amount too large to represent. */
const SMALLEST_QUANTITY = 0.000001;

/** Accepts a quantity of a price model. */
export const IsQuantity = (): PropertyDecorator =>
  ValidateBy({
    name: 'isQuantity',
    validator: {
      validate: (value: unknown) =>
        value === 0 || (typeof value === 'number' && value >= SMALLEST_QUANTITY && value <= MAX_AMOUNT),
      defaultMessage: () => `must be 0 or a number from ${SMALLEST_QUANTITY} to ${MAX_AMOUNT}`,
    },
  });

export const IsTime = (): PropertyDecorator =>
  ValidateBy({
    name: 'isTime',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && toTime(value) !== undefined,
      defaultMessage: () => 'must be an ISO 8601 time, such as 2026-11-21T09:30:00.000Z',
    },
  });

/** Parses an ISO 8601 time. @returns undefined if the text is not one */
export function toTime(text: string): Date | undefined {
  const [found, zone] = ISO_TIME.exec(text) ?? [];
  if (found === undefined) return undefined;
  const time = Date.parse(zone === undefined && found.includes('T') ? `${found}Z` : found);
  return Number.isNaN(time) ? undefined : new Date(time);
}

const MAX_TRANSLATION = 2_000;
const MAX_TRANSLATIONS = 200;

/** Accepts a text, or a map of texts by language. Use it with `@Raw()`. */
export const IsLocalized = (): PropertyDecorator =>
  ValidateBy({
    name: 'isLocalized',
    validator: {
      validate: (value: unknown) =>
        isTranslation(value) ||
        (isJsonObject(value) &&
          Object.keys(value).length > 0 &&
          Object.keys(value).length <= MAX_TRANSLATIONS &&
          Object.values(value).every(isTranslation)),
      defaultMessage: (args) =>
        `${args?.property} must be a text of 1 to ${MAX_TRANSLATION} characters, or a map of such texts by language`,
    },
  });

const isTranslation = (value: unknown): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_TRANSLATION;

/** Drops undefined fields, which DTOs have for every field that was not sent. */
export function defined<T extends object>(value: T): Partial<T> {
  const copy: Partial<T> = {};
  for (const key in value) if (value[key] !== undefined) copy[key] = value[key];
  return copy;
}
