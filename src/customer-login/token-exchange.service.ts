import { Injectable, Logger } from '@nestjs/common';
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
} from 'jose';
import { z } from 'zod';
import { CustomerService, type VouchedPerson } from '../customer/index.js';
import type { CustomerLogin, Shopper } from '../session/index.js';
import { Clock } from '../shared/clock.js';
import { InvalidInput, Unauthenticated, Unavailable } from '../shared/domain-error.js';
import { type IdentityProvider, TenantService } from '../tenant/index.js';
import { boundedFetch } from './bounded-fetch.js';
import { CustomerLoginService } from './customer-login.service.js';
import { LEEWAY_AT_START, timeProblem } from './outside-token.rules.js';

/** Signatures that need the issuer's private key; never a shared secret (RFC 8725 section 3.1). */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const KEYS = {
  /** How long an issuer may take to answer with its keys. */
  timeoutDuration: 3_000,
  /** A key that was withdrawn is good so long at most. */
  cacheMaxAge: 600_000,
  /** Tokens that name unknown keys make us ask no more often than this. */
  cooldownDuration: 30_000,
  [customFetch]: boundedFetch(),
} as const;

/** No judgement of the token, but trouble on the way to the issuer's keys. */
const TROUBLE = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT']);

/** An e-mail that the issuer has not verified could be anybody's: it must not open that customer's account. */
const identityClaims = z.object({
  email: z.email(),
  email_verified: z.literal(true),
  given_name: z.string().max(256).optional(),
  family_name: z.string().max(256).optional(),
});

/** How a token is to be exchanged. */
export interface Exchange {
  /** The name of the identity provider's entry in the tenant's settings; absent: the default one. */
  readonly config?: string | undefined;
  readonly device?: string | undefined;
}

/** Exchanges the JWT of an outside OpenID Connect issuer for a customer's tokens (behaviour W-22). */
@Injectable()
export class TokenExchangeService {
  private readonly log = new Logger(TokenExchangeService.name);
  /** One per declared issuer; `jose` keeps its keys and asks again for one that it does not know. */
  private readonly keySets = new Map<string, JWTVerifyGetKey>();

  constructor(
    private readonly tenants: TenantService,
    private readonly customers: CustomerService,
    private readonly logins: CustomerLoginService,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws InvalidInput - no such config; Unauthenticated - the token is not good; Unavailable - no keys;
   *   EmailReserved
   */
  async exchange(
    shopper: Shopper,
    subjectToken: string,
    { config, device }: Exchange,
  ): Promise<CustomerLogin> {
    const provider = await this.tenants.identityProvider(shopper.tenant, config);
    if (!provider) {
      throw InvalidInput.of('config', `the tenant has no identity provider named ${config ?? 'default'}`);
    }
    const person = personOf(await this.verified(subjectToken, provider));
    const { customer, account } = await this.customers.findOrCreate(shopper.tenant, person);
    const login = await this.logins.takeOver(shopper, customer, device);
    const { tenant, sessionId } = login.session;
    const fields = { tenant, customer: customer.id, sessionId, config: provider.config, account };
    this.log.log(fields, 'an identity provider vouched for a customer, who is logged in');
    return login;
  }

  /** @throws Unauthenticated | Unavailable */
  private async verified(token: string, provider: IdentityProvider): Promise<JWTPayload> {
    const now = this.clock.now();
    const payload = await this.signed(token, provider, now);
    const problem = timeProblem(payload, now);
    if (problem !== undefined) throw new Unauthenticated(problem);
    return payload;
  }

  private async signed(
    token: string,
    { issuer, audience, jwksUri }: IdentityProvider,
    now: Date,
  ): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.keysAt(jwksUri), {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        currentDate: now,
        // Of `nbf`. For `exp` and `iat`, `timeProblem` is narrower.
        clockTolerance: LEEWAY_AT_START,
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new Unauthenticated('expired-token');
      if (error instanceof errors.JOSEError && !TROUBLE.has(error.code)) throw new Unauthenticated();
      throw new Unavailable('The identity provider does not answer with its keys; try again', {
        cause: error,
      });
    }
  }

  private keysAt(jwksUri: string): JWTVerifyGetKey {
    const known = this.keySets.get(jwksUri);
    if (known) return known;
    const keys = createRemoteJWKSet(new URL(jwksUri), KEYS);
    this.keySets.set(jwksUri, keys);
    return keys;
  }
}

/** @throws Unauthenticated - it does not say a verified e-mail */
function personOf(payload: JWTPayload): VouchedPerson {
  const claims = identityClaims.safeParse(payload);
  if (!claims.success) throw new Unauthenticated();
  const { email, given_name: firstName, family_name: lastName } = claims.data;
  return {
    email,
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
  };
}
