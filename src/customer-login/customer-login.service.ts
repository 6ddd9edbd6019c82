import { Injectable } from '@nestjs/common';
import { Credentials, type Principal } from '../auth/index.js';
import { CartAtLoginService } from '../cart/index.js';
import { Memberships } from '../client-management/index.js';
import { type Customer, CustomerService } from '../customer/index.js';
import {
  type CustomerLogin,
  SessionRefreshService,
  SessionService,
  type Shopper,
  type TokenSet,
} from '../session/index.js';
import { Forbidden, Unauthenticated } from '../shared/domain-error.js';

export interface PasswordLogin extends CustomerLogin {
  /** A backend of the tenant chose the password. */
  readonly initialPassword: boolean;
}

@Injectable()
export class CustomerLoginService {
  constructor(
    private readonly customers: CustomerService,
    private readonly sessions: SessionService,
    private readonly refreshes: SessionRefreshService,
    private readonly carts: CartAtLoginService,
    private readonly credentials: Credentials,
    private readonly memberships: Memberships,
  ) {}

  /** @throws Unauthenticated if the e-mail or password is wrong, or another login was faster */
  async logIn(shopper: Shopper, email: string, password: string, device?: string): Promise<PasswordLogin> {
    const customer = await this.customers.checkPassword(shopper.tenant, email, password);
    const login = await this.takeOver(shopper, customer, device);
    return { ...login, initialPassword: customer.initialPassword === true };
  }

  /**
   * Turns the shopper's session into the customer's, with its context and its cart.
   * @param customer as read when the credentials were checked
   * @param device the name that the customer sees in the list of their sessions
   * @throws Unauthenticated if another login was faster, or if the credentials have changed since; in that case the
   * session ends
   */
  async takeOver(
    { session, clientId }: Shopper,
    customer: Customer,
    device?: string,
  ): Promise<CustomerLogin> {
    const login = await this.sessions.becomeCustomers({ ...session, clientId }, customer.id, device);
    if (!(await this.customers.recordLogin(customer))) {
      await this.sessions.end(login.session, 'password');
      throw new Unauthenticated('wrong-credentials');
    }
    await this.carts.becomeCustomers(login.session);
    return login;
  }

  /**
   * @param accessToken names the session to end, which must be the caller's own (W-16)
   * @throws Forbidden if it names another session
   */
  async logOut({ session }: Shopper, accessToken: string): Promise<void> {
    const claims = await this.credentials.named(accessToken);
    const own =
      claims.token_use !== 'service' && claims.tenant === session.tenant && claims.sid === session.sessionId;
    if (!own) throw new Forbidden('accessToken does not belong to the session of the bearer token');
    await this.sessions.end(session, 'logout');
  }

  /**
   * Refreshes a customer session. The refresh token is the credential; the bearer is any unexpired anonymous token of
   * the storefront, or the customer's own access token (D-03).
   * @param legalEntityId the legal entity that the customer acts for from now on
   * @throws Unauthenticated if the refresh token or the bearer does not match the session
   * @throws Forbidden if the customer is not assigned to the legal entity; the refresh token stays unused
   */
  async refresh(bearer: Principal, refreshToken: string, legalEntityId?: string): Promise<TokenSet> {
    if (legalEntityId === undefined) return this.refreshes.customer(bearer, refreshToken);
    const session = await this.refreshes.ofCustomer(bearer, refreshToken);
    if (session) await this.memberships.expectMayActFor(bearer.tenant, session.customerId, legalEntityId);
    const tokens = await this.refreshes.customer(bearer, refreshToken, legalEntityId);
    await this.expectStillAssigned(bearer.tenant, tokens, session?.customerId, legalEntityId);
    await this.carts.actFor({ tenant: bearer.tenant, sessionId: tokens.sessionId });
    return tokens;
  }

  /** An assignment may have been removed, and its sessions ended, just before this one was bound. */
  private async expectStillAssigned(
    tenant: string,
    { sessionId }: TokenSet,
    customerId: string | undefined,
    legalEntityId: string,
  ): Promise<void> {
    if (await this.memberships.mayActFor(tenant, customerId, legalEntityId)) return;
    await this.sessions.end({ tenant, sessionId }, 'employee');
    throw new Unauthenticated();
  }
}
