import { Injectable } from '@nestjs/common';
import { canonicalScope, ClientGate, parseScope, TokenVerifier } from '../../auth/index.js';
import { ClientRepository } from '../../oauth/index.js';
import { type Admin, SessionGate, stateOf } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { Unauthenticated } from '../../shared/domain-error.js';

/** Carries the service token of an employee's tool. */
const ADMIN_COOKIE = 'VtexIdclientAutCookie';

/** Whose token it is. */
export type CookieProof = { readonly endsAt: Date } & (
  | { readonly kind: 'customer'; readonly customerId: string }
  | { readonly kind: 'admin'; readonly admin: Admin }
);

type Claims = Awaited<ReturnType<TokenVerifier['accessToken']>>;

/** What an authentication cookie proves: it carries an access token of this service. */
@Injectable()
export class CookieProofs {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly gate: SessionGate,
    private readonly clientGate: ClientGate,
    private readonly clients: ClientRepository,
    private readonly clock: Clock,
  ) {}

  /** Carries the access token of a customer. */
  shopperCookie(tenant: string): string {
    return `${ADMIN_COOKIE}_${tenant}`;
  }

  isAuthentication(name: string): boolean {
    return name.startsWith(ADMIN_COOKIE);
  }

  /** @returns undefined for a token that is forged, ended, of another tenant, or in the wrong cookie (M-39, W-77) */
  async verify(tenant: string, name: string, token: string): Promise<CookieProof | undefined> {
    try {
      const claims = await this.verifier.accessToken(token);
      const endsAt = new Date(claims.exp * 1000);
      if (claims.tenant !== tenant || endsAt <= this.clock.now()) return undefined;
      if (name === ADMIN_COOKIE) return await this.admin(claims, endsAt);
      return name === this.shopperCookie(tenant) ? await this.customer(claims, endsAt) : undefined;
    } catch (error) {
      if (error instanceof Unauthenticated) return undefined;
      throw error;
    }
  }

  private async customer(claims: Claims, endsAt: Date): Promise<CookieProof | undefined> {
    if (claims.token_use !== 'customer') return undefined;
    const session = await this.gate.sessionOf(claims);
    if (!session || stateOf(session, this.clock.now()) !== 'alive') return undefined;
    return { kind: 'customer', customerId: claims.sub, endsAt };
  }

  /** @throws Unauthenticated - the client is gone or switched off */
  private async admin(claims: Claims, endsAt: Date): Promise<CookieProof | undefined> {
    if (claims.token_use !== 'service') return undefined;
    const grantable = await this.clientGate.admit(claims);
    const scopes = parseScope(claims.scope).names.map(canonicalScope);
    const client = await this.clients.find(claims.client_id);
    const admin = {
      clientId: claims.client_id,
      ...(client?.email !== undefined && { email: client.email }),
      scopes: scopes.filter((scope) => grantable.includes(scope)),
    };
    return { kind: 'admin', admin, endsAt };
  }
}
