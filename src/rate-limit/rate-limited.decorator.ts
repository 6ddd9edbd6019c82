import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { COUNTED_METADATA, LIMITED_METADATA, type LimitedRoute } from './limited-route.js';
import type { LimitName } from './limits.rules.js';
import { RateLimitInterceptor } from './rate-limit.interceptor.js';

/**
 * @param subjectOf what besides its address a caller is counted by. It sees the request before it is validated, and
 *   must not throw: what can't be read counts together.
 */
export const RateLimited = (
  limit: LimitName,
  subjectOf: (request: FastifyRequest) => readonly string[],
): MethodDecorator =>
  applyDecorators(
    SetMetadata(LIMITED_METADATA, { limit, subjectOf } satisfies LimitedRoute),
    UseInterceptors(RateLimitInterceptor),
  );

/** Says which limits a route's service counts by itself, since what they count is known only later. */
export const CountedBy = (...limits: readonly LimitName[]): MethodDecorator =>
  SetMetadata(COUNTED_METADATA, limits);
