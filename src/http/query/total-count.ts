import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Whether the request header `X-Total-Count: true` asks for the number of all rows (behaviour W-60). */
export const WantsTotal = createParamDecorator(
  (_: unknown, context: ExecutionContext): boolean =>
    context.switchToHttp().getRequest<FastifyRequest>().headers['x-total-count'] === 'true',
);

/** For the `headers` of the answer's description. */
export const TOTAL_COUNT = {
  'X-Total-Count': {
    schema: { type: 'integer' },
    description: 'rows of all pages, if the request asks for it',
  },
} as const;

/** Describes the request header. */
export const ApiTotalCount = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'X-Total-Count',
      required: false,
      schema: { type: 'boolean' },
      description: 'true: the number of rows of all pages, in the header of that name',
    }),
  );

/** @param total undefined when nobody asked */
export function tellTotal(reply: FastifyReply, total: number | undefined): void {
  if (total !== undefined) void reply.header('X-Total-Count', total);
}
