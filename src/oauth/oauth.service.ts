import { Injectable } from '@nestjs/common';
import { canonicalScope, type IssuedToken, OPERATOR_SCOPE, parseScope, TokenIssuer } from '../auth/index.js';
import { ClientAuthentication } from './client-authentication.js';
import type { ClientCredentials } from './client-credentials.js';
import type { Client } from './client.types.js';
import { invalidScope } from './oauth.errors.js';
import { RememberedClients } from './remembered-clients.js';

@Injectable()
export class OAuthService {
  constructor(
    private readonly remembered: RememberedClients,
    private readonly tokens: TokenIssuer,
    private readonly authentication: ClientAuthentication,
  ) {}

  /**
   * Issues a service token (RFC 6749 section 4.4).
   * @param scope as it was sent; if empty, every scope that the client has
   * @throws OAuthError if the credentials or the scope are wrong
   */
  async serviceToken(credentials: ClientCredentials, scope: string): Promise<IssuedToken> {
    const caller = await this.authentication.confidential(credentials);
    if (caller.client) return this.tokens.serviceToken(caller.client, grantedScopes(caller.client, scope));
    expectOperatorScope(scope);
    return this.tokens.operatorToken(caller.operatorEpoch);
  }

  /** Makes a change of a tenant take effect on this instance at once; the others follow within five seconds. */
  forgetTenant(): void {
    this.remembered.forgetAll();
  }

  /**
   * As of at most five seconds ago, which is how long its tokens stay valid after it is switched off. A refusal is
   * always read afresh.
   * @returns the client if it is a storefront of the tenant and switched on; only such a client gets anonymous tokens
   * (W-08)
   */
  async storefront(tenant: string, clientId: string): Promise<Client | undefined> {
    const known = await this.remembered.find(clientId);
    if (servesShoppers(known, tenant)) return known;
    const client = await this.remembered.fresh(clientId);
    return servesShoppers(client, tenant) ? client : undefined;
  }
}

const servesShoppers = (client: Client | undefined, tenant: string): boolean =>
  client?.kind === 'storefront' && client.tenant === tenant && client.enabled;

/** @throws OAuthError - it names a tenant, or only scopes of tenants' clients */
function expectOperatorScope(scope: string): void {
  const asked = parseScope(scope);
  if (!asked || asked.tenant !== undefined)
    throw invalidScope('The operator belongs to no tenant: leave it out');
  if (asked.names.length > 0 && !asked.names.includes(OPERATOR_SCOPE)) {
    throw invalidScope(`scope: the operator may have ${OPERATOR_SCOPE} and no other`);
  }
}

/** Returns the granted scopes in the requested spelling (behaviours W-05, D-06). @throws OAuthError */
function grantedScopes(client: Client, scope: string): readonly string[] {
  const asked = parseScope(scope);
  if (!asked) throw invalidScope('scope names two tenants: request a separate token for each');
  if (asked.tenant !== undefined && asked.tenant !== client.tenant) {
    throw invalidScope(separatorHint(scope) ?? 'The client does not belong to this tenant');
  }
  if (asked.names.length === 0) return client.scopes;
  const granted = asked.names.filter((name) => client.scopes.includes(canonicalScope(name)));
  if (granted.length === 0) {
    throw invalidScope(separatorHint(scope) ?? 'scope: the client may have none of these scopes');
  }
  return granted;
}

const separatorHint = (scope: string): string | undefined =>
  scope.includes(',') ? 'scope: separate the tenant and the scopes by spaces, not by commas' : undefined;
