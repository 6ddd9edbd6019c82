import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { tenantOfPath } from '../http/tenant.decorator.js';
import { Forbidden } from '../shared/domain-error.js';
import { expectForOperator, mayUse } from './access.rules.js';
import type { DeclaredAccess } from './access.types.js';
import { DeclaredAccesses, type RequestWithPrincipal } from './authenticated.js';
import { bearerOf } from './bearer-header.js';
import { Credentials } from './credentials.js';

/**
 * Guards every route. It checks the path, the token, the tenant, the client, the session and the access right, in this
 * order. The operator has no tenant, client record or session, so no principal is made for it.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly declared = new DeclaredAccesses();

  constructor(private readonly credentials: Credentials) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { access } = this.declaredOf(context);
    if (access.length === 0) return true;
    const request = context.switchToHttp().getRequest<RequestWithPrincipal>();
    const tenant = tenantOfPath(request);
    const { claims } = await this.credentials.verifiedOfAnybody(bearerOf(request.headers.authorization));
    request.claims = claims;
    if (claims.token_use === 'operator') {
      await this.credentials.expectOperator(claims);
      expectForOperator(access);
      return true;
    }
    refuseOtherTenant(request, tenant, claims.tenant);
    const principal = access.includes('unexpired-shopper')
      ? await this.credentials.authenticateUnexpired(claims)
      : await this.credentials.authenticate(claims);
    request.principal = mayUse(principal, access);
    return true;
  }

  private declaredOf(context: ExecutionContext): DeclaredAccess {
    const declared = this.declared.of(context.getHandler(), context.getClass());
    if (!declared) throw new Forbidden('This route does not say who may call it');
    return declared;
  }
}

/** Before anything is read: the tenant of the path, and of the header if there is one (W-41, C-12). */
function refuseOtherTenant(request: RequestWithPrincipal, path: string | undefined, own: string): void {
  const header = request.headers['emporix-tenant'];
  if (path !== undefined && path !== own) throw new Forbidden('The token belongs to another tenant');
  if (header !== undefined && header !== own) {
    throw new Forbidden('The header Emporix-Tenant names another tenant than the token');
  }
}
