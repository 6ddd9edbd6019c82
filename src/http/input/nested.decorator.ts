import type { Type } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { isJsonObject } from '../../shared/json.js';

export const NESTED = 'nested';
export const NESTED_LIST = 'nestedList';

/**
 * The field is an object of a class of its own. It must be there, unless `OptionalField` or `IsOptional` stands above.
 * `validation.pipe.ts` fills and checks it, by the same metadata: mapped types such as `PartialType` copy them.
 */
export const Nested = (type: () => Type<object>): PropertyDecorator =>
  ValidateBy({
    name: NESTED,
    constraints: [type],
    validator: { validate: isJsonObject, defaultMessage: () => 'must be an object' },
  });

/** The field is a list of objects of a class of their own, and of `max` at most. */
export const NestedList = (type: () => Type<object>, { max }: { readonly max: number }): PropertyDecorator =>
  ValidateBy({
    name: NESTED_LIST,
    constraints: [type, max],
    validator: { validate: Array.isArray, defaultMessage: () => 'must be a list' },
  });
