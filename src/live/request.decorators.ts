import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bearerOf } from '../auth/index.js';

/** The token of the request, which a stream asks about again for as long as it lasts. */
export const BearerToken = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  bearerOf(context.switchToHttp().getRequest<FastifyRequest>().headers.authorization),
);

/** A signal that is aborted when the response is closed. */
export const Gone = createParamDecorator((_: unknown, context: ExecutionContext): AbortSignal => {
  const { raw } = context.switchToHttp().getResponse<FastifyReply>();
  const gone = new AbortController();
  raw.once('close', () => gone.abort());
  return gone.signal;
});

/** Where the request comes from, behind trusted proxies. */
export const Address = createParamDecorator(
  (_: unknown, context: ExecutionContext): string => context.switchToHttp().getRequest<FastifyRequest>().ip,
);

/** The header `Last-Event-ID`. Headers are read as bytes, and the format of event streams is UTF-8. */
export const LastEventId = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | undefined => {
    const header = context.switchToHttp().getRequest<FastifyRequest>().headers['last-event-id'];
    return header === undefined ? undefined : Buffer.from(String(header), 'latin1').toString('utf8');
  },
);
