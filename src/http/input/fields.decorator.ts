import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsOptional, ValidateBy, type ValidationOptions } from 'class-validator';
import { isDotSegment } from '../../shared/ids.js';
import { isCountry, isCurrency, isLanguage } from '../../shared/iso/codes.js';

/** No control characters and no half of a surrogate pair, because ids become keys of the store. */
export const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]*$/u;

/**
 * Declares a field that may be left out; null means the same. Put it below `Raw`, which would otherwise keep the null.
 */
export const OptionalField = (): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    Transform(({ value }) => value ?? undefined),
  );

/** Declares a field that may be null but must be present. */
export const IsGiven = (): PropertyDecorator =>
  ValidateBy({
    name: 'isGiven',
    validator: {
      validate: (value: unknown) => value !== undefined,
      defaultMessage: () => 'is missing',
    },
  });

const code = (
  name: string,
  check: (value: string) => boolean,
  message: string,
  options?: ValidationOptions,
): PropertyDecorator =>
  ValidateBy(
    {
      name,
      validator: {
        validate: (value: unknown) => typeof value === 'string' && check(value),
        defaultMessage: () => message,
      },
    },
    options,
  );

/** For an id that is a part of paths. */
export const IsNoDotSegment = (options?: ValidationOptions): PropertyDecorator =>
  code(
    'isNoDotSegment',
    (value) => !isDotSegment(value),
    'must not be . or .., which no path can name',
    options,
  );

export const IsCurrency = (options?: ValidationOptions): PropertyDecorator =>
  code('isCurrency', isCurrency, 'must be an ISO 4217 currency code, such as EUR', options);

export const IsCountry = (options?: ValidationOptions): PropertyDecorator =>
  code('isCountry', isCountry, 'must be an ISO 3166-1 alpha-2 country code, such as DE', options);

export const IsLanguage = (options?: ValidationOptions): PropertyDecorator =>
  code('isLanguage', isLanguage, 'must be a BCP 47 language tag, such as de or en-US', options);
