import { Injectable } from '@nestjs/common';
import { Credentials } from '../../auth/index.js';
import { Memberships } from '../../client-management/index.js';
import { ContextService, isShopper, type Session, SessionNotFound } from '../../session/index.js';
import { Forbidden, InvalidInput } from '../../shared/domain-error.js';
import type { CartOwner } from '../cart.types.js';
import type { CartCaller, ServiceCaller } from './cart-caller.types.js';
import { expectOwnCustomer, ownerOf } from './cart-owner.rules.js';

/** The owner for whom a cart is created or looked up. */
export interface CartTarget {
  readonly owner: CartOwner;
  /** The session whose context should name the cart. Absent when a backend names only a customer. */
  readonly session?: Session;
}

export interface Named {
  readonly sessionId?: string;
  readonly customerId?: string;
}

const targetOf = (session: Session): CartTarget => ({ owner: ownerOf(session), session });

/** Works out whose cart a call is about. A shopper's calls are always about their own carts. */
@Injectable()
export class CartTargets {
  constructor(
    private readonly contexts: ContextService,
    private readonly credentials: Credentials,
    private readonly memberships: Memberships,
  ) {}

  /**
   * Returns the legal entity that a cart is for: the requested one, else the one that the shopper's session acts for.
   * @throws Forbidden - the shopper is not assigned to the requested one
   */
  async legalEntityOf(caller: CartCaller, requested: string | undefined): Promise<string | undefined> {
    if (caller.kind === 'service') return requested;
    const { tenant, customerId, legalEntityId } = caller.session;
    if (requested === undefined || requested === legalEntityId) return legalEntityId;
    await this.memberships.expectMayActFor(tenant, customerId, requested);
    return requested;
  }

  /**
   * @param customerId from the request body
   * @throws Forbidden - the token, headers and body contradict each other
   * @throws InvalidInput - the call names nobody, or a session that is not alive
   */
  async ofNew(caller: CartCaller, customerId: string | undefined): Promise<CartTarget> {
    const certain = await this.certain(caller, { customerId });
    if (certain) return certain;
    const { sessionId } = caller.kind === 'service' ? caller : {};
    if (sessionId !== undefined) return this.ofAnonymous(caller.tenant, sessionId);
    if (customerId !== undefined) return { owner: { kind: 'customer', customerId } };
    throw InvalidInput.of(
      'customerId',
      'say whose cart it is: name a logged-in customer by the header saas-token, an anonymous session by ' +
        'the header session-id, or any customer by this field',
    );
  }

  /**
   * @param named from the query
   * @throws Forbidden - the token, headers and query contradict each other
   * @throws InvalidInput - the call names nobody, or the header names a session that is not alive
   * @throws SessionNotFound - the query names a session that is not alive
   */
  async ofCriteria(caller: CartCaller, named: Named): Promise<CartTarget> {
    const certain = await this.certain(caller, named);
    if (certain) return certain;
    if (named.customerId !== undefined) return { owner: { kind: 'customer', customerId: named.customerId } };
    const sessionId = named.sessionId ?? (caller.kind === 'service' ? caller.sessionId : undefined);
    if (sessionId === undefined) {
      throw InvalidInput.of('sessionId', 'say whose cart it is: send sessionId or customerId');
    }
    const session = await this.contexts.findSession({ tenant: caller.tenant, sessionId });
    if (!session) throw new SessionNotFound(sessionId);
    // Only a saas-token, which the customer holds, allows a change to a customer's context.
    return session.kind === 'anonymous' ? targetOf(session) : { owner: ownerOf(session) };
  }

  /** Returns the target that a credential proves: the shopper's token, or the saas-token. */
  private async certain(caller: CartCaller, named: Named): Promise<CartTarget | undefined> {
    const customers = await this.ofSaasToken(caller);
    if (caller.kind === 'service') {
      if (!customers) return undefined;
      if (named.sessionId !== undefined) expectSame(customers, named.sessionId);
      if (caller.sessionId !== undefined) expectSame(customers, caller.sessionId);
      expectOwnCustomer(customers, named.customerId);
      return targetOf(customers);
    }
    const { session } = caller;
    if (named.sessionId !== undefined) expectSame(session, named.sessionId);
    if (customers && customers.customerId !== session.customerId) throw wrongSaasToken();
    expectOwnCustomer(session, named.customerId);
    return targetOf(session);
  }

  private async ofSaasToken({ tenant, saasToken }: Pick<ServiceCaller, 'tenant' | 'saasToken'>) {
    if (saasToken === undefined) return undefined;
    const customer = await this.credentials.saasCustomer(saasToken, tenant);
    return isShopper(customer) ? customer.session : undefined;
  }

  private async ofAnonymous(tenant: string, sessionId: string): Promise<CartTarget> {
    const session = await this.contexts.findSession({ tenant, sessionId });
    if (!session) throw InvalidInput.of('session-id', 'the header must name a session that is alive');
    if (session.kind === 'anonymous') return targetOf(session);
    throw new Forbidden(
      'The header session-id names the session of a customer: send their saas-token instead',
    );
  }
}

const wrongSaasToken = (): Forbidden =>
  new Forbidden('The saas-token does not belong to the customer of this session');

function expectSame({ sessionId }: Session, named: string): void {
  if (named !== sessionId) throw new Forbidden('The named session does not match the session of the token');
}
