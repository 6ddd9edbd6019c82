import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import {
  type Principal,
  principalOf,
  type RequestWithPrincipal,
  type ShopperPrincipal,
} from '../auth/index.js';
import { Unauthenticated } from '../shared/domain-error.js';
import type { Session } from './session.types.js';

/** A shopper together with the session that the access guard has read, so that a request reads it only once. */
export interface Shopper extends ShopperPrincipal {
  readonly session: Session;
}

export const isShopper = (principal: Principal | undefined): principal is Shopper =>
  principal !== undefined && 'session' in principal;

export const CurrentShopper = createParamDecorator((_: unknown, context: ExecutionContext): Shopper => {
  const principal = principalOf(context.switchToHttp().getRequest<RequestWithPrincipal>());
  if (!isShopper(principal)) throw new Unauthenticated();
  return principal;
});
