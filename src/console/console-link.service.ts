import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonicalScope, type IssuedToken, type ServicePrincipal, TokenIssuer } from '../auth/index.js';
import { ClientRepository } from '../oauth/index.js';
import { Clock, secondsAfter } from '../shared/clock.js';
import { Forbidden, InvalidInput, Unauthenticated } from '../shared/domain-error.js';
import { newSecret } from '../shared/ids.js';
import { ConsoleLinkRepository } from './console-link.repository.js';
import { grantOf, LINK_SECONDS, tokenSeconds } from './console-link.rules.js';
import type { ConsoleLink } from './console-link.types.js';

export interface IssuedLink {
  readonly code: string;
  readonly link: ConsoleLink;
}

export interface SignedIn extends IssuedToken {
  readonly tenant: string;
  readonly clientId: string;
}

@Injectable()
export class ConsoleLinkService {
  constructor(
    private readonly links: ConsoleLinkRepository,
    private readonly clients: ClientRepository,
    private readonly tokens: TokenIssuer,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a link that signs in as the caller's own client, so nobody gains anything by it.
   * @param wanted scopes; undefined for all that the caller's token holds
   * @throws InvalidInput | Forbidden
   */
  async issue(by: ServicePrincipal, wanted: readonly string[] | undefined): Promise<IssuedLink> {
    const held = by.scopes.map(canonicalScope);
    const scopes = wanted?.map(canonicalScope) ?? held;
    const foreign = scopes.filter((scope) => !held.includes(scope));
    if (foreign.length > 0)
      throw new Forbidden(`Your token does not hold ${foreign.join(', ')}: ask for less`, foreign);
    if (scopes.length === 0)
      throw InvalidInput.of('scopes', 'must not be empty: your token holds no scope to pass on');
    const client = await this.clients.find(by.clientId);
    if (!client) throw new Unauthenticated();
    const code = newSecret();
    const link = {
      hash: hashOf(code),
      tenant: by.tenant,
      clientId: by.clientId,
      epoch: client.epoch,
      scopes: [...new Set(scopes)],
      endsAt: secondsAfter(this.clock.now(), LINK_SECONDS),
      grantEndsAt: by.expiresAt,
    };
    await this.links.add(link);
    return { code, link };
  }

  /** Exchanges a code for a token. The code is used up, whatever comes of it. @throws Unauthenticated */
  async signIn(code: string): Promise<SignedIn> {
    const link = await this.links.take(hashOf(code));
    const client = link && (await this.clients.find(link.clientId));
    const now = this.clock.now();
    const scopes = grantOf(link, client, now);
    if (!link || !client || !scopes) throw new Unauthenticated('used-link');
    const issued = await this.tokens.serviceToken(client, scopes, tokenSeconds(link, now));
    return { ...issued, tenant: client.tenant, clientId: client.clientId };
  }
}

/** The code has 256 random bits, so one hash is enough. */
const hashOf = (code: string): string => hash('sha256', code, 'base64url');
