import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { COUNTED_METADATA, LIMITED_METADATA, type LimitedRoute } from './limited-route.js';
import type { LimitName } from './limits.rules.js';
import { RateLimitInterceptor } from './rate-limit.interceptor.js';

/**
 * Limits a route.
 * @param subjectOf returns what a caller is counted by besides its address. It sees the request before validation and
 *   must not throw; requests that it can't read count together
 */
export const RateLimited = (
  limit: LimitName,
  subjectOf: (request: FastifyRequest) => readonly string[],
): MethodDecorator =>
  applyDecorators(
    SetMetadata(LIMITED_METADATA, { limit, subjectOf } satisfies LimitedRoute),
    UseInterceptors(RateLimitInterceptor),
  );

/** Declares the limits that a route's service applies itself, because it learns only later what to count. */
export const CountedBy = (...limits: readonly LimitName[]): MethodDecorator =>
  SetMetadata(COUNTED_METADATA, limits);
