import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { principalOf } from '../auth/index.js';
import { keyIn } from './idempotency.rules.js';
import { IdempotencyService, type TakenKey } from './idempotency.service.js';

const TAKEN = new WeakMap<FastifyRequest, TakenKey>();

/** Returns the key that a request holds, once. */
export function takenKeyOf(request: FastifyRequest): TakenKey | undefined {
  const taken = TAKEN.get(request);
  TAKEN.delete(request);
  return taken;
}

/** Runs behind the access guard, so that an answer is repeated only to those who could have got it. */
@Injectable()
export class IdempotencyGuard implements CanActivate {
  constructor(private readonly keys: IdempotencyService) {}

  /** @throws InvalidInput @throws as `IdempotencyService.take` does */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = keyIn(request.headers['idempotency-key']);
    const principal = principalOf(request);
    if (key === undefined || !principal) return true;
    const { tenant, clientId } = principal;
    const { method, url, body } = request;
    TAKEN.set(request, await this.keys.take({ tenant, clientId, key, method, url, body }));
    return true;
  }
}
