import type { INestApplicationContext } from '@nestjs/common';
import { declaredAudit } from '../audit/index.js';
import { declaredAccess } from '../auth/index.js';
import { isIdempotent } from '../idempotency/index.js';
import { declaredLimits } from '../rate-limit/index.js';
import { type Handler, handlersOf, methodOf, templateOf } from './controllers.js';
import type { Route } from './route.types.js';

/**
 * Builds the table of routes from the declarations on the controllers, which the guard reads too.
 * @throws Error - a route does not say who may call it, so the service does not start
 */
export function declaredRoutes(app: INestApplicationContext): readonly Route[] {
  const routes = handlersOf(app).map(routeOf);
  return routes.toSorted((a, b) => compare(a.template, b.template) || compare(a.method, b.method));
}

function routeOf(handler: Handler): Route {
  const { controller, name, call } = handler;
  const access = declaredAccess(call, controller);
  const audit = declaredAudit(call);
  if (!access) throw new Error(`${controller.name}.${name} does not say who may call it`);
  return {
    ...access,
    method: methodOf(handler),
    template: templateOf(handler),
    limits: declaredLimits(call),
    idempotent: isIdempotent(call),
    ...(audit && { audit }),
    name: `${controller.name}.${name}`,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
