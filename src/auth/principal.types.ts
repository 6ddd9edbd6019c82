/** A shopper's token: an anonymous visitor's or a logged-in customer's. */
export interface ShopperPrincipal {
  readonly kind: 'anonymous' | 'customer';
  readonly tenant: string;
  readonly clientId: string;
  readonly sessionId: string;
  /** Identifies the response that issued the token; see `accessClaims`. */
  readonly grant?: string;
  readonly customerId?: string;
  /** The legal entity that the customer's session acts for now, whatever the token says. */
  readonly legalEntityId?: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date;
}

/** A client credentials token: an employee's tool or a backend. */
export interface ServicePrincipal {
  readonly kind: 'service';
  readonly tenant: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date;
  /** E-mail address of the employee who uses this client. */
  readonly email?: string;
}

export type Principal = ShopperPrincipal | ServicePrincipal;
