import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Unauthenticated } from '../shared/domain-error.js';
import type { Access, DeclaredAccess } from './access.types.js';
import type { Principal, ServicePrincipal } from './principal.types.js';

export const ACCESS_METADATA = 'onesession:access';

/** Every route declares who may call it; one that does not is refused (test: access.spec.ts). */
export const Authenticated = (...access: readonly Access[]): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS_METADATA, access), ApiBearerAuth());

export const Public = (): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS_METADATA, 'public' satisfies DeclaredAccess);

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
