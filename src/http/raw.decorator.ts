import { Transform } from 'class-transformer';

/** Takes the field as it was parsed: class-transformer would drop keys such as `__proto__` (behaviour D-14). */
export const Raw = (): PropertyDecorator => Transform(({ obj, key }) => obj[key]);
