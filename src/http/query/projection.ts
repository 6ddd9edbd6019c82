import { applyDecorators, type ExecutionContext, UseInterceptors } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { InvalidInput } from '../../shared/domain-error.js';
import { Around } from '../around.js';
import { parseFields, projected } from './projected.rules.js';

const MAX_LENGTH = 2_000;

class ProjectionInterceptor extends Around {
  override async around(context: ExecutionContext, answer: () => Promise<unknown>): Promise<unknown> {
    const fields = fieldsOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (fields === undefined || fields === '') return answer();
    const paths = parseFields(fields);
    return projected(await answer(), paths);
  }
}

function fieldsOf({ query }: FastifyRequest): string | undefined {
  if (typeof query !== 'object' || query === null || !('fields' in query)) return undefined;
  if (typeof query.fields === 'string' && query.fields.length <= MAX_LENGTH) return query.fields;
  throw InvalidInput.of('fields', `must be given only once and have at most ${MAX_LENGTH} characters`);
}

/** Declares that a query such as `fields=id,metadata.version` reduces the answer to these parts (behaviour W-60). */
export const Projected = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    UseInterceptors(new ProjectionInterceptor()),
    ApiQuery({
      name: 'fields',
      required: false,
      schema: { type: 'string', maxLength: MAX_LENGTH },
      example: 'id,metadata.version',
      description: 'The parts of the answer to return, separated by commas. Default: all.',
    }),
  );
