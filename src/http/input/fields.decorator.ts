import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsOptional, ValidateBy, type ValidationOptions } from 'class-validator';
import { isCountry, isCurrency, isLanguage } from '../../shared/iso/codes.js';

/** No control characters and no half of a surrogate pair: ids become keys of the store. */
export const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]*$/u;

/** A field that may be left out; null means the same. Stands below `Raw`, which would take the null as it came. */
export const OptionalField = (): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    Transform(({ value }) => value ?? undefined),
  );

/** A field that may be null, but must be there. */
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

export const IsCurrency = (options?: ValidationOptions): PropertyDecorator =>
  code('isCurrency', isCurrency, 'must be a currency code of ISO 4217, such as EUR', options);

export const IsCountry = (options?: ValidationOptions): PropertyDecorator =>
  code('isCountry', isCountry, 'must be a country code of ISO 3166-1 alpha-2, such as DE', options);

export const IsLanguage = (options?: ValidationOptions): PropertyDecorator =>
  code('isLanguage', isLanguage, 'must be a language tag of BCP 47, such as de or en-US', options);
