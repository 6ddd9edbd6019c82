import { type ArgumentMetadata, type Type, ValidationPipe } from '@nestjs/common';
import { InvalidInput } from '../../shared/domain-error.js';
import { Filling } from './fill.js';
import { rememberRules } from './remembered-rules.js';

const OPTIONAL_BODIES = new WeakSet<object>();

/** Declares that a request may come without a body of this class. */
export const MayBeLeftOut = (): ClassDecorator => (dto) => void OPTIONAL_BODIES.add(dto);

/** Drops fields that a DTO does not list, instead of refusing them (behaviour C-02). */
class DtoPipe extends ValidationPipe {
  /** @throws InvalidInput */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, metatype } = metadata;
    if (!metatype || !this.toValidate(metadata)) return super.transform(value, metadata);
    const given = value ?? {};
    if (typeof given !== 'object' || Array.isArray(given)) throw InvalidInput.of(type, 'must be an object');
    const dto = await filled(metatype, given);
    // If all fields are optional, a missing body would otherwise pass for an empty one.
    const isMissing = type === 'body' && (value ?? null) === null;
    if (isMissing && !OPTIONAL_BODIES.has(metatype)) throw InvalidInput.of('body', 'is missing');
    return dto;
  }
}

/** @throws InvalidInput with every problem */
export async function filled<T extends object>(
  type: Type<T>,
  given: object,
  filling = new Filling(),
): Promise<T> {
  const dto = await filling.fill(type, given);
  await filling.settle();
  if (filling.problems.length > 0) throw new InvalidInput(filling.problems);
  return dto;
}

export function validationPipe(): ValidationPipe {
  rememberRules();
  return new DtoPipe({ transform: true });
}
