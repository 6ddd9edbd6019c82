import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import { ValidateBy } from 'class-validator';

export const RAW = 'raw';

/**
 * Takes the field as it was parsed: class-transformer would drop keys such as `__proto__`, and call what stands under
 * a key `constructor` (behaviour D-14). Told that the value is a Boolean, it looks into none; what it makes of the
 * value is then replaced by the value.
 */
export const Raw = (): PropertyDecorator =>
  applyDecorators(
    ValidateBy({ name: RAW, validator: { validate: () => true } }),
    Type(() => Boolean),
    Transform(({ obj, key }) => obj[key]),
  );
