import type { FastifyInstance } from 'fastify';
import { MethodNotAllowed } from '../shared/domain-error.js';

/**
 * A known path that is asked with a method that it does not have answers 405 and says which it has (RFC 9110
 * section 15.5.6); Fastify would say 404. To be called before the routes are declared.
 */
export function refuseOtherMethods(fastify: FastifyInstance): void {
  const methods = new Map<string, Set<string>>();
  fastify.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const one of [method].flat()) known.add(one);
    methods.set(url, known);
  });
  fastify.addHook('onRequest', async (request) => {
    if (!request.is404) return;
    const [path = ''] = request.url.split('?', 1);
    const allowed = [...methods]
      .filter(([template]) => isAt(template, path))
      .flatMap(([, known]) => [...known]);
    if (allowed.length > 0) throw new MethodNotAllowed([...new Set(allowed)].sort());
  });
}

function isAt(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')];
  const fits = (part: string, i: number) => (part.startsWith(':') ? given[i] !== '' : part === given[i]);
  return wanted.length === given.length && wanted.every(fits);
}
