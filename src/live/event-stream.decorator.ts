import { applyDecorators, Header } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';

/** A response of server-sent events that no proxy on the way keeps back. */
export const EventStreamAnswer = (): MethodDecorator =>
  applyDecorators(
    Header('content-type', 'text/event-stream; charset=utf-8'),
    Header('cache-control', 'no-store'),
    // nginx, and balancers that do as it does.
    Header('x-accel-buffering', 'no'),
    ApiHeader({
      name: 'Last-Event-ID',
      required: false,
      description: 'Id of the last event that the client has: the stream begins after it.',
    }),
    ApiResponse({
      status: 200,
      description:
        'Server-sent events. `data` is a CloudEvent in JSON, `event` is its type and `id` its id; a comment comes every 15 s.',
      // Of one event in the stream: OpenAPI 3.1 has no word for the stream itself.
      content: {
        'text/event-stream': {
          schema: {
            type: 'object',
            required: ['event', 'data'],
            properties: {
              id: { type: 'string', description: 'To resume after it.' },
              event: { type: 'string', example: 'onesession.context.changed' },
              data: { type: 'string', description: 'JSON.' },
            },
          },
        },
      },
    }),
  );
