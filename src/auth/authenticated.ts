import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { FOR_SHOPPERS } from '../http/refusals.js';
import { Unauthenticated } from '../shared/domain-error.js';
import type { Principal, ServicePrincipal } from './principal.js';

/**
 * Who may call a route.
 * - `anonymous`, `customer`: a shopper whose session is alive
 * - `unexpired-shopper`: a shopper's token that is in time, whatever became of its session (behaviour D-03)
 * - `service`: a client credentials token of whatever scope
 * - `scope:...`: a client credentials token that holds this scope
 */
export type Access = 'anonymous' | 'customer' | 'unexpired-shopper' | 'service' | `scope:${string}`;

/** `public` says that a route asks for no token on purpose. */
export const ACCESS_METADATA = 'onesession:access';
export type DeclaredAccess = readonly Access[] | 'public';

/** Every route declares who may call it; one that does not is refused (test: access.spec.ts). */
export const Authenticated = (...access: readonly Access[]): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(ACCESS_METADATA, access),
    ApiBearerAuth(),
    ApiExtension(
      FOR_SHOPPERS,
      access.some((one) => SHOPPERS.includes(one)),
    ),
  );

const SHOPPERS: readonly Access[] = ['anonymous', 'customer', 'unexpired-shopper'];

export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(ACCESS_METADATA, 'public');

/** The caller that the access guard let in. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const principal = principalOf(context.switchToHttp().getRequest<RequestWithPrincipal>());
  if (!principal) throw new Unauthenticated();
  return principal;
});

export interface RequestWithPrincipal extends FastifyRequest {
  principal?: Principal;
}

export const principalOf = (request: RequestWithPrincipal): Principal | undefined => request.principal;

/** The caller of a route that only service tokens open. */
export const CurrentService = createParamDecorator(
  (_: unknown, context: ExecutionContext): ServicePrincipal => {
    const principal = principalOf(context.switchToHttp().getRequest<RequestWithPrincipal>());
    if (principal?.kind !== 'service') throw new Unauthenticated();
    return principal;
  },
);
