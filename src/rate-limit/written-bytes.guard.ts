import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { principalOf, type RequestWithPrincipal } from '../auth/index.js';
import { AddressBudgets } from './address-budgets.js';
import { WRITES_METADATA } from './written-bytes.decorator.js';

const WRITING = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Shoppers' writes take from the budget of their address before anything is kept; it runs behind the access guard.
 * Backends have none: their clients are known, and can be switched off.
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

/** Fastify has seen to it that the body is as long as its header says; one that comes in chunks says nothing. */
function bytesOf({ url, body, headers: { 'content-length': length } }: RequestWithPrincipal): number {
  const sent = length === undefined ? Buffer.byteLength(JSON.stringify(body)) : Number(length);
  return url.length + sent;
}
