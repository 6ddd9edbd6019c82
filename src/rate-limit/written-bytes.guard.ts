import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { principalOf, type RequestWithPrincipal } from '../auth/index.js';
import { AddressBudgets } from './address-budgets.js';
import { WRITES_METADATA } from './written-bytes.decorator.js';

const WRITING = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Charges shoppers' writes to the budget of their address before anything is stored. It runs after the access guard.
 * Backends have no budget: their clients are known and can be disabled.
 */
@Injectable()
export class WrittenBytesGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly budgets: AddressBudgets,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<RequestWithPrincipal>();
    if (!WRITING.has(request.method) || request.body === undefined) return true;
    if (this.counts(context, request)) this.budgets.spendBytes(request.ip, bytesOf(request));
    return true;
  }

  private counts(context: ExecutionContext, request: RequestWithPrincipal): boolean {
    const declared = this.reflector.getAllAndOverride<boolean | undefined>(WRITES_METADATA, [
      context.getHandler(),
      context.getClass(),
    ]);
    const caller = principalOf(request);
    return declared ?? (caller !== undefined && caller.kind !== 'service');
  }
}

/**
 * Fastify checks that a body has the length that its header declares. A chunked body declares none, so it is
 * measured.
 */
function bytesOf({ url, body, headers: { 'content-length': length } }: RequestWithPrincipal): number {
  const sent = length === undefined ? Buffer.byteLength(JSON.stringify(body)) : Number(length);
  return url.length + sent;
}
