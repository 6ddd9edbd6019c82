import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InvalidInput } from '../../shared/domain-error.js';
import { flagOf, NO_FLAG } from './flag.rules.js';

/** Whether the request header `X-Total-Count: true` asks for the number of all rows (behaviour W-60). */
export const WantsTotal = createParamDecorator((_: unknown, context: ExecutionContext): boolean => {
  const value = context.switchToHttp().getRequest<FastifyRequest>().headers['x-total-count'];
  if (value === undefined) return false;
  const wanted = flagOf(String(value));
  if (wanted === undefined) throw InvalidInput.of('X-Total-Count', NO_FLAG);
  return wanted;
});

/** For the `headers` in the description of an answer. */
export const TOTAL_COUNT = {
  'X-Total-Count': {
    schema: { type: 'integer' },
    description: 'Number of rows on all pages, if the request asks for it.',
  },
} as const;

/** Describes the request header. */
export const ApiTotalCount = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'X-Total-Count',
      required: false,
      schema: { type: 'boolean' },
      description:
        'If true, the response header `X-Total-Count` tells the number of rows on all pages. Default: false.',
    }),
  );

/** @param total undefined if the request did not ask for it */
export function tellTotal(reply: FastifyReply, total: number | undefined): void {
  if (total !== undefined) void reply.header('X-Total-Count', total);
}
