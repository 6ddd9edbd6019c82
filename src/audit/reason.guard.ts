import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { reasonOf } from '../http/reason.decorator.js';
import { routeOf } from '../http/route-traits.js';

/** Refuses a reason that can't be kept, before anything is done. It runs behind the access guard. */
@Injectable()
export class ReasonGuard implements CanActivate {
  /** @throws InvalidInput */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    // The documented dialects know no such header, so their clients may mean something else by it.
    if (request.method !== 'GET' && routeOf(request).template?.startsWith('/admin/')) reasonOf(request);
    return true;
  }
}
