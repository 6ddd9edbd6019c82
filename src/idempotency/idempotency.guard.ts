import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { principalOf, type RequestWithPrincipal } from '../auth/index.js';
import { keyIn } from './idempotency.rules.js';
import { IdempotencyService, type TakenKey } from './idempotency.service.js';

/** How a route answers a key that was sent with another request. */
export const MISMATCH_METADATA = 'onesession:idempotent';

const TAKEN = new WeakMap<FastifyRequest, TakenKey>();

/** Returns the key that a request holds, once. */
export function takenKeyOf(request: FastifyRequest): TakenKey | undefined {
  const taken = TAKEN.get(request);
  TAKEN.delete(request);
  return taken;
}

/** Stands for the tenant of the operator, who has none. No tenant can have this name. */
const NO_TENANT = '*';

function callerOf(
  request: RequestWithPrincipal,
): { readonly tenant: string; readonly clientId: string } | undefined {
  const { claims } = request;
  if (claims?.token_use === 'operator') return { tenant: NO_TENANT, clientId: claims.client_id };
  return principalOf(request);
}

/** Runs behind the access guard, so that an answer is repeated only to those who could have got it. */
@Injectable()
export class IdempotencyGuard implements CanActivate {
  constructor(private readonly keys: IdempotencyService) {}

  /** @throws InvalidInput @throws as `IdempotencyService.take` does */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = keyIn(request.headers['idempotency-key']);
    const caller = callerOf(request);
    if (key === undefined || !caller) return true;
    const { tenant, clientId } = caller;
    const { method, url, body } = request;
    const keyed = { tenant, clientId, key, method, url, body };
    TAKEN.set(
      request,
      await this.keys.take(keyed, Reflect.getMetadata(MISMATCH_METADATA, context.getHandler())),
    );
    return true;
  }
}
