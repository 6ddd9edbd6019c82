import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { IdempotencyGuard, MISMATCH_METADATA } from './idempotency.guard.js';

/** The answer if a key comes with another request than before. The draft says 422. */
type MismatchStatus = 409 | 422;

/**
 * Takes `Idempotency-Key`, by draft-ietf-httpapi-idempotency-key-header-07. For changes by service tokens. Put it above
 * `@Audited`: guards run from the bottom up, and a wrong `X-Reason` is refused even where an answer would be repeated.
 */
export const Idempotent = (mismatch: MismatchStatus = 422): MethodDecorator =>
  applyDecorators(
    SetMetadata(MISMATCH_METADATA, mismatch),
    UseGuards(IdempotencyGuard),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'A new value for each change, such as a UUID. Repeated within 24 hours with the same request, it gets the ' +
        'first answer again, with `Idempotency-Replayed: true`, and nothing happens twice.',
      schema: { type: 'string', minLength: 1, maxLength: 257 },
      example: '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
    }),
    ApiResponse({
      status: 409,
      description:
        'The request conflicts with what is stored, or the first one with this `Idempotency-Key` is not answered yet.',
    }),
    ...(mismatch === 422
      ? [ApiResponse({ status: 422, description: 'The `Idempotency-Key` was sent with another request.' })]
      : []),
  );

export const isIdempotent = (handler: Function): boolean => Reflect.hasMetadata(MISMATCH_METADATA, handler);
