import { ValidateBy } from 'class-validator';
import { PLAIN_TEXT } from '../../http/input/fields.decorator.js';

/** Accepts a list of texts, none of them empty. */
export const IsTextList = (maxLength: number): PropertyDecorator =>
  ValidateBy({
    name: 'isTextList',
    validator: {
      validate: (value: unknown) =>
        Array.isArray(value) &&
        value.every(
          (one) =>
            typeof one === 'string' && one.length > 0 && one.length <= maxLength && PLAIN_TEXT.test(one),
        ),
      defaultMessage: (args) => `${args?.property} must be a list of texts of 1 to ${maxLength} characters`,
    },
  });
