import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type Principal, principalOf, type RequestWithPrincipal } from '../../auth/index.js';
import { isShopper } from '../../session/index.js';
import { Forbidden, Unauthenticated } from '../../shared/domain-error.js';
import type { CartCaller } from './cart-caller.types.js';

/** Reads who calls, and for whom, from the token and the headers `session-id` and `saas-token` (W-48). */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): CartCaller => {
  const request = context.switchToHttp().getRequest<RequestWithPrincipal>();
  const principal = principalOf(request);
  if (!principal) throw new Unauthenticated();
  return callerOf(principal, request);
});

/** @throws Forbidden - a shopper names a session other than their own */
function callerOf(
  principal: Principal,
  { headers, ip: address }: Pick<RequestWithPrincipal, 'headers' | 'ip'>,
): CartCaller {
  const { tenant, scopes } = principal;
  const sessionId = textOf(headers['session-id']);
  const saasToken = textOf(headers['saas-token']);
  const called = { tenant, scopes, address, ...(saasToken !== undefined && { saasToken }) };
  if (!isShopper(principal))
    return { ...called, kind: 'service', ...(sessionId !== undefined && { sessionId }) };
  if (sessionId !== undefined && sessionId !== principal.sessionId) {
    throw new Forbidden('The header session-id does not match the session of the token');
  }
  return { ...called, kind: 'shopper', session: principal.session };
}

/** Treats an empty header as absent. */
const textOf = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'string' && header !== '' ? header : undefined;
