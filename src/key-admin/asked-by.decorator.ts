import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { KeyChangeRequest } from '../auth/index.js';
import { reasonOf } from '../http/reason.decorator.js';
import { shortenedNetwork } from '../shared/network.js';

/** What the audit log says of the request. */
export const AskedBy = createParamDecorator((_: unknown, context: ExecutionContext): KeyChangeRequest => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const [reason, network] = [reasonOf(request), shortenedNetwork(request.ip)];
  return {
    requestId: request.id,
    ...(reason !== undefined && { reason }),
    ...(network !== undefined && { network }),
  };
});
