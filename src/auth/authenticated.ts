import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { FOR_SHOPPERS } from '../http/errors/refusals.js';
import { Unauthenticated } from '../shared/domain-error.js';
import type { Access, DeclaredAccess, Proof } from './access.types.js';
import type { Principal, ServicePrincipal } from './principal.types.js';
import type { AccessClaims } from './tokens/claims.js';

const ACCESS_METADATA = 'onesession:access';

/** Every route declares who may call it; the service does not start with one that does not. */
export const Authenticated = (...access: readonly Access[]): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(ACCESS_METADATA, { access, proofs: [] } satisfies DeclaredAccess),
    ApiExtension(
      FOR_SHOPPERS,
      access.some((one) => SHOPPERS.has(one)),
    ),
  );

const SHOPPERS: ReadonlySet<Access> = new Set(['anonymous', 'customer', 'unexpired-shopper']);

/** Declares that a route needs no bearer token. @param proofs what its handler checks instead */
export const Public = (...proofs: readonly Proof[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS_METADATA, {
    access: [],
    proofs: proofs.length > 0 ? proofs : ['nothing'],
  } satisfies DeclaredAccess);

/** What a route declares. Its own declaration overrides that of its controller. */
export const declaredAccess = (handler: Function, controller: Function): DeclaredAccess | undefined =>
  Reflect.getMetadata(ACCESS_METADATA, handler) ?? Reflect.getMetadata(ACCESS_METADATA, controller);

/** Looks up the declaration of each route once, because it never changes. */
export class DeclaredAccesses {
  /** By controller, then by handler: controllers may share one that they inherit. */
  private readonly known = new WeakMap<Function, WeakMap<Function, DeclaredAccess>>();

  of(handler: Function, controller: Function): DeclaredAccess | undefined {
    return this.known.get(controller)?.get(handler) ?? this.lookUp(handler, controller);
  }

  private lookUp(handler: Function, controller: Function): DeclaredAccess | undefined {
    const declared = declaredAccess(handler, controller);
    const ofController = this.known.get(controller) ?? new WeakMap<Function, DeclaredAccess>();
    this.known.set(controller, ofController);
    if (declared) ofController.set(handler, declared);
    return declared;
  }
}

/** The caller that the access guard let in. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const principal = principalOf(context.switchToHttp().getRequest<RequestWithPrincipal>());
  if (!principal) throw new Unauthenticated();
  return principal;
});

export interface RequestWithPrincipal extends FastifyRequest {
  principal?: Principal;
  /** The claims of a verified, unexpired token. Unlike `principal`, they are set even if the request is refused. */
  claims?: AccessClaims;
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
