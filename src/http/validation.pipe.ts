import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { InvalidInput, type Problem } from '../shared/domain-error.js';

/** `address.country`, `items.0.quantity`: the path of a field as a caller would write it. */
function problemsOf(errors: readonly ValidationError[], parent = ''): Problem[] {
  return errors.flatMap((error) => {
    const field = `${parent}${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
    return [...own, ...problemsOf(error.children ?? [], `${field}.`)];
  });
}

/**
 * Nest would cut keys such as `__proto__` and `constructor` out of bodies. Here they are names of attributes (D-14);
 * class-transformer, which builds the DTOs, never assigns them.
 */
class BodyPipe extends ValidationPipe {
  protected override stripProtoKeys(): void {}

  /** Where no attribute may stand, class-transformer calls what it finds under `constructor`. */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      const misled = error instanceof TypeError && JSON.stringify(value).includes('"constructor"');
      throw misled ? InvalidInput.of('body', 'has a key `constructor` where none may stand') : error;
    }
  }
}

/** Fields that a DTO does not list are dropped, not refused (behaviour C-02). */
export const validationPipe = (): ValidationPipe =>
  new BodyPipe({
    transform: true,
    whitelist: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new InvalidInput(problemsOf(errors)),
  });
