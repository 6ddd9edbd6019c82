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
import { ASYMMETRIC_ALGORITHMS } from '../shared/jwt.js';
import { type IdentityProvider, TenantService } from '../tenant/index.js';
import { boundedFetch } from './bounded-fetch.js';
import { CustomerLoginService } from './customer-login.service.js';
import { LEEWAY_AT_START, timeProblem } from './outside-token.rules.js';

const KEYS = {
  /** How long an issuer may take to return its keys, in milliseconds. */
  timeoutDuration: 3_000,
  /** How long a withdrawn key may still be accepted, in milliseconds. */
  cacheMaxAge: 600_000,
  /** The shortest time between two fetches caused by tokens that name unknown keys, in milliseconds. */
  cooldownDuration: 30_000,
  [customFetch]: boundedFetch(),
} as const;

/** These errors say nothing about the token: fetching the issuer's keys failed. */
const TROUBLE = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT']);

/**
 * An e-mail address that the issuer has not verified could be anybody's, so it must not open that customer's account.
 */
const identityClaims = z.object({
  email: z.email(),
  email_verified: z.literal(true),
  given_name: z.string().max(256).optional(),
  family_name: z.string().max(256).optional(),
});

/** How to exchange a token. */
export interface Exchange {
  /** Name of the identity provider in the tenant's settings. Default: the default provider. */
  readonly config?: string | undefined;
  readonly device?: string | undefined;
}

/** Exchanges the JWT of an outside OpenID Connect issuer for a customer's tokens (behaviour W-22). */
@Injectable()
export class TokenExchangeService {
  private readonly log = new Logger(TokenExchangeService.name);
  /** One key set per declared issuer. `jose` caches the keys and fetches again if a token names an unknown one. */
  private readonly keySets = new Map<string, JWTVerifyGetKey>();

  constructor(
    private readonly tenants: TenantService,
    private readonly customers: CustomerService,
    private readonly logins: CustomerLoginService,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws InvalidInput if there is no such config; Unauthenticated if the token is not valid; Unavailable if the
   * issuer's keys can't be fetched; EmailReserved if another account used the address until recently
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
    this.log.log(fields, 'an identity provider vouched for a customer, who is now logged in');
    return login;
  }

  /** @throws Unauthenticated if the token is not valid; Unavailable if the issuer's keys can't be fetched */
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
        algorithms: [...ASYMMETRIC_ALGORITHMS],
        requiredClaims: ['exp', 'sub'],
        currentDate: now,
        // This applies to `nbf`. `timeProblem` is stricter about `exp` and `iat`.
        clockTolerance: LEEWAY_AT_START,
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new Unauthenticated('expired-token');
      if (error instanceof errors.JOSEError && !TROUBLE.has(error.code)) throw new Unauthenticated();
      throw new Unavailable('The identity provider did not return its keys; try again', {
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

/** @throws Unauthenticated if the token names no verified e-mail address */
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
