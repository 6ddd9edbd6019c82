import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard, AuthModuleOptions } from '@nestjs/passport';
import { tenantOfPath } from '../http/tenant.decorator.js';
import { DomainError, Forbidden, Unauthenticated } from '../shared/domain-error.js';
import {
  ACCESS_METADATA,
  type Access,
  type DeclaredAccess,
  type RequestWithPrincipal,
} from './authenticated.js';
import type { AccessClaims } from './claims.js';
import { ClientGate } from './client-gate.js';
import type { Principal } from './principal.js';
import { canonicalScope, holdsScope, parseScope } from './scopes.js';
import { ShopperGate } from './shopper-gate.js';

/** The one guard of all routes: path, token, tenant, client, then right, in this order. */
@Injectable()
export class AccessGuard extends AuthGuard() {
  constructor(
    options: AuthModuleOptions,
    private readonly reflector: Reflector,
    private readonly gate: ShopperGate,
    private readonly clients: ClientGate,
  ) {
    super(options);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.declaredAccess(context);
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<RequestWithPrincipal & { user: AccessClaims }>();
    const tenant = tenantOfPath(request);
    await super.canActivate(context);
    refuseOtherTenant(request, tenant, request.user.tenant);
    request.principal = await this.admit(request.user, access);
    return true;
  }

  /** Called by passport. `info` is why a token was refused; a broken store must not look like that. */
  override handleRequest<T>(error: unknown, claims: T, info: unknown): T {
    if (error) throw error;
    if (claims) return claims;
    throw info instanceof DomainError ? info : new Unauthenticated();
  }

  private declaredAccess(context: ExecutionContext): DeclaredAccess {
    const declared = this.reflector.getAllAndOverride<DeclaredAccess | undefined>(ACCESS_METADATA, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (declared === undefined) throw new Forbidden('This route does not say who may call it');
    return declared;
  }

  private async admit(claims: AccessClaims, access: readonly Access[]): Promise<Principal> {
    const grantable = await this.clients.admit(claims);
    if (claims.token_use === 'service') return admitService(claims, access, grantable);
    if (access.includes('unexpired-shopper')) return { ...principalParts(claims), ...shopperParts(claims) };
    const shopper = await this.gate.admit(claims);
    if (!access.includes(shopper.kind)) throw new Forbidden('This token may not be used here');
    return shopper;
  }
}

/** @param grantable a scope that was taken from the client since opens nothing any more */
function admitService(
  claims: AccessClaims,
  access: readonly Access[],
  grantable: readonly string[],
): Principal {
  const parts = principalParts(claims);
  const scopes = parts.scopes.filter((scope) => grantable.includes(canonicalScope(scope)));
  const principal = { kind: 'service', ...parts, scopes } as const;
  if (access.includes('service')) return principal;
  const wanted = access.filter((a) => a.startsWith('scope:')).map((a) => a.slice('scope:'.length));
  if (wanted.length === 0) throw new Forbidden('This route is for shoppers: use the token of a session');
  if (wanted.some((scope) => holdsScope(principal.scopes, scope))) return principal;
  throw new Forbidden('User not authorized', [`missing scope: ${wanted.join(' or ')}`]);
}

const principalParts = (claims: AccessClaims) => ({
  tenant: claims.tenant,
  clientId: claims.client_id,
  scopes: parseScope(claims.scope).names,
  expiresAt: new Date(claims.exp * 1000),
});

const shopperParts = (claims: Extract<AccessClaims, { sid: string }>) => ({
  kind: claims.token_use,
  sessionId: claims.sid,
  ...(claims.grant !== undefined && { grant: claims.grant }),
  ...(claims.token_use === 'customer' && { customerId: claims.sub }),
});

/** Before anything is read: the tenant of the path, and of the header if there is one (W-41, C-12). */
function refuseOtherTenant(request: RequestWithPrincipal, path: string | undefined, own: string): void {
  const header = request.headers['emporix-tenant'];
  if (path !== undefined && path !== own) throw new Forbidden('The token belongs to another tenant');
  if (header !== undefined && header !== own) {
    throw new Forbidden('The header Emporix-Tenant names another tenant than the token');
  }
}
