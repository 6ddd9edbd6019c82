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
import { isJsonObject } from '../../shared/json.js';

/** No control characters and no half of a surrogate pair: ids become keys of the store. */
const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]*$/u;

export const MAX_ID_LENGTH = 128;

/** Prices and quantities; sums of them stay finite. */
export const MAX_AMOUNT = 1_000_000_000_000;

/** A day, or a time; one without a zone is in UTC (W-59). */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

export const IsId = (options: ValidationOptions = {}): PropertyDecorator => IsText(MAX_ID_LENGTH, options);

export const IsText = (maxLength: number, options: ValidationOptions = {}): PropertyDecorator =>
  applyDecorators(
    IsString(options),
    MinLength(1, options),
    MaxLength(maxLength, options),
    Matches(PLAIN_TEXT, { ...options, message: '$property must not have control characters' }),
  );

/** Emporix' tutorials send amounts as text as well: "629.00". */
export const IsAmount = (max = MAX_AMOUNT): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) =>
      typeof value === 'string' && /^\d{1,13}(\.\d{1,20})?$/.test(value) ? Number(value) : value,
    ),
    IsNumber(),
    Min(0),
    Max(max),
  );

export const IsTime = (): PropertyDecorator =>
  ValidateBy({
    name: 'isTime',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && toTime(value) !== undefined,
      defaultMessage: () => 'must be a time of ISO 8601, such as 2026-11-21T09:30:00.000Z',
    },
  });

/** @returns undefined when it is no time */
export function toTime(text: string): Date | undefined {
  const [found, zone] = ISO_TIME.exec(text) ?? [];
  if (found === undefined) return undefined;
  const time = Date.parse(zone === undefined && found.includes('T') ? `${found}Z` : found);
  return Number.isNaN(time) ? undefined : new Date(time);
}

const MAX_TRANSLATION = 2_000;
const MAX_TRANSLATIONS = 200;

/** A text, or a map of texts by language. To be used with `@Raw()`. */
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

/** A DTO has its unset fields as undefined. */
export function defined<T extends object>(value: T): Partial<T> {
  const copy: Partial<T> = {};
  for (const key in value) if (value[key] !== undefined) copy[key] = value[key];
  return copy;
}
