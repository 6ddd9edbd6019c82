import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { InvalidInput } from '../shared/domain-error.js';
import { isTenantName } from '../shared/tenant.js';

class WrongTenantName extends InvalidInput {
  constructor() {
    super([
      {
        field: 'tenant',
        message: 'must be 3 to 16 lower case letters and digits, beginning with a letter',
      },
    ]);
  }
}

export function tenantOfPath(request: FastifyRequest): string | undefined {
  const params = request.params;
  if (typeof params !== 'object' || params === null || !('tenant' in params)) return undefined;
  if (!isTenantName(params.tenant)) throw new WrongTenantName();
  return params.tenant;
}

/** The tenant in the path. Its form is checked here; the access guard checks whether the caller may use it. */
export const Tenant = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const tenant = tenantOfPath(context.switchToHttp().getRequest<FastifyRequest>());
  if (tenant === undefined) throw new WrongTenantName();
  return tenant;
});
