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

const OPTIONAL_BODIES = new WeakSet<object>();

/** A request may come without a body of this class. */
export const MayBeLeftOut = (): ClassDecorator => (dto) => void OPTIONAL_BODIES.add(dto);

/**
 * Nest would cut keys such as `__proto__` and `constructor` out of bodies. Here they are names of attributes (D-14);
 * class-transformer, which builds the DTOs, never assigns them.
 */
class BodyPipe extends ValidationPipe {
  protected override stripProtoKeys(): void {}

  /** Where no attribute may stand, class-transformer calls what it finds under `constructor`. */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      const dto: unknown = await super.transform(value, metadata);
      if (this.isMissing(value, metadata)) throw InvalidInput.of('body', 'is missing');
      return dto;
    } catch (error) {
      const misled = error instanceof TypeError && JSON.stringify(value).includes('"constructor"');
      throw misled ? InvalidInput.of('body', 'has a key `constructor` where none may stand') : error;
    }
  }

  /** Nest takes no body for an empty one, which is valid where all fields are optional. */
  private isMissing(value: unknown, metadata: ArgumentMetadata): boolean {
    const { type, metatype } = metadata;
    if (type !== 'body' || !metatype || !this.toValidate(metadata)) return false;
    return (value ?? null) === null && !OPTIONAL_BODIES.has(metatype);
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
