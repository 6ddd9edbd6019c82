import type { Type } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { isJsonObject } from '../../shared/json.js';

export const NESTED = 'nested';
export const NESTED_LIST = 'nestedList';

/**
 * Declares a field that is an object of its own class. It is required, unless `OptionalField` or `IsOptional` is above
 * it. `validation.pipe.ts` fills and checks it by the same metadata, which mapped types such as `PartialType` copy.
 */
export const Nested = (type: () => Type<object>): PropertyDecorator =>
  ValidateBy({
    name: NESTED,
    constraints: [type],
    validator: { validate: isJsonObject, defaultMessage: () => 'must be an object' },
  });

/** Declares a field that is a list of at most `max` objects of one class. */
export const NestedList = (type: () => Type<object>, { max }: { readonly max: number }): PropertyDecorator =>
  ValidateBy({
    name: NESTED_LIST,
    constraints: [type, max],
    validator: { validate: Array.isArray, defaultMessage: () => 'must be a list' },
  });
