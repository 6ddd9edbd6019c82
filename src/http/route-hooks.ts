import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Runs before an answer is sent. */
export type BeforeAnswer = (request: FastifyRequest, reply: FastifyReply, payload: unknown) => Promise<void>;

/**
 * Adds a hook to some routes only, so that all others pay nothing. To be called before the routes are registered.
 * @param hookOf gets the method and the template of a route, as in the API description: `GET`,
 *   `/cart/{tenant}/carts/{cartId}`
 */
export function beforeAnswers(
  fastify: FastifyInstance,
  hookOf: (method: string, template: string) => BeforeAnswer | undefined,
): void {
  fastify.addHook('onRoute', (route) => {
    const method = String([route.method].flat()[0]);
    const hook = hookOf(method, route.url.replaceAll(/:(\w+)/g, '{$1}'));
    if (hook) route.onSend = [...[route.onSend ?? []].flat(), hook];
  });
}
