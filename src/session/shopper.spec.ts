import type { ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { describe, expect, it } from 'vitest';
import { aSession } from '../../test/support/data/builders.js';
import { Unauthenticated } from '../shared/domain-error.js';
import { CurrentShopper, isShopper, type Shopper } from './shopper.js';

const session = aSession();
const shopper: Shopper = {
  kind: 'anonymous',
  tenant: 'acme',
  clientId: 'acme-storefront',
  sessionId: session.sessionId,
  scopes: [],
  expiresAt: session.createdAt,
  session,
};

class Controller {
  handle(@CurrentShopper() me: Shopper): Shopper {
    return me;
  }
}

/** What a route gets for its parameter when the access guard has let this principal in. */
function given(principal: unknown): unknown {
  const [parameter] = Object.values<{ factory: (data: unknown, context: ExecutionContext) => unknown }>(
    Reflect.getMetadata(ROUTE_ARGS_METADATA, Controller, 'handle'),
  );
  const context = { switchToHttp: () => ({ getRequest: () => ({ principal }) }) } as unknown;
  return parameter?.factory(undefined, context as ExecutionContext);
}

describe('The shopper of a request', () => {
  it('comes with the session that the access guard has read', () => {
    expect(given(shopper)).toBe(shopper);
    expect(isShopper(shopper)).toBe(true);
  });

  it('is nobody without a session: a service, a token whose session was not read, or no token at all', () => {
    const { session: _unread, ...principal } = shopper;
    for (const other of [undefined, principal]) {
      expect(isShopper(other)).toBe(false);
      expect(() => given(other)).toThrow(Unauthenticated);
    }
  });
});
