import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bearerOf } from '../auth/index.js';

/** The token of the request, which a stream asks about again for as long as it lasts. */
export const BearerToken = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  bearerOf(context.switchToHttp().getRequest<FastifyRequest>().headers.authorization),
);
