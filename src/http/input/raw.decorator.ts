import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import { ValidateBy } from 'class-validator';

export const RAW = 'raw';

/**
 * Keeps the field as it was parsed. Otherwise class-transformer would drop keys such as `__proto__`, and call the value
 * under a key `constructor` (behaviour D-14). Told that the value is a Boolean, class-transformer does not look into
 * it; its result is then replaced by the original value.
 */
export const Raw = (): PropertyDecorator =>
  applyDecorators(
    ValidateBy({ name: RAW, validator: { validate: () => true } }),
    Type(() => Boolean),
    Transform(({ obj, key }) => obj[key]),
  );
