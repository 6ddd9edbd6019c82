import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type Principal, principalOf, type RequestWithPrincipal } from '../auth/index.js';
import { Unauthenticated } from '../shared/domain-error.js';
import type { KeptTokens } from './customer.types.js';

export interface CustomerKey {
  readonly tenant: string;
  readonly id: string;
}

/** The customer of the token. Routes under `/me` never take a customer from the path or the body. */
export interface OwnCustomer extends CustomerKey, KeptTokens {}

/** @returns undefined for an anonymous shopper */
export function customerOf(principal: Principal | undefined): OwnCustomer | undefined {
  if (principal?.kind !== 'customer' || principal.customerId === undefined) return undefined;
  const { tenant, customerId: id, sessionId, grant } = principal;
  return { tenant, id, sessionId, ...(grant !== undefined && { grant }) };
}

export const CurrentCustomer = createParamDecorator((_: unknown, context: ExecutionContext): OwnCustomer => {
  const customer = customerOf(principalOf(context.switchToHttp().getRequest<RequestWithPrincipal>()));
  if (!customer) throw new Unauthenticated();
  return customer;
});
