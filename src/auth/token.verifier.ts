import { Injectable } from '@nestjs/common';
import { compactVerify } from 'jose';
import { z } from 'zod';
import { Config } from '../config/config.schema.js';
import { Clock } from '../shared/clock.js';
import { DomainError, Forbidden, Unauthenticated } from '../shared/domain-error.js';
import {
  type AccessClaims,
  accessClaims,
  type SaasClaims,
  saasClaims,
  type SessionClaims,
  sessionClaims,
} from './claims.js';
import { SIGNING_ALGORITHM, SigningKeys } from './keys/signing-keys.js';
import { keyOfToken } from './token-header.js';
import { ACCESS_TOKEN_TYPE, SAAS_TOKEN_TYPE, SESSION_TOKEN_TYPE } from './token-issuer.js';

/** Tokens that come elsewhere than in the Authorization header, where passport reads them. */
@Injectable()
export class TokenVerifier {
  constructor(
    private readonly keys: SigningKeys,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Signature, kind, tenant and time. Whether its session is alive is for the caller to ask.
   * @throws Forbidden (behaviour D-10)
   */
  async saasToken(token: string, tenant: string): Promise<SaasClaims> {
    const claims = await this.claimsOf(token, SAAS_TOKEN_TYPE, saasClaims).catch((error: unknown) => {
      throw error instanceof Unauthenticated ? new Forbidden('The saas-token is not valid') : error;
    });
    const ended = claims.exp <= this.clock.now().getTime() / 1000;
    if (ended || claims.tenant !== tenant) throw new Forbidden('The saas-token is not valid');
    return claims;
  }

  /**
   * Of an access token, in time or not: what is done with one that ended is for the caller to decide.
   * @throws Unauthenticated
   */
  accessToken(token: string): Promise<AccessClaims> {
    return this.claimsOf(token, ACCESS_TOKEN_TYPE, accessClaims);
  }

  /**
   * Of a `vtex_session` token, in time and of this tenant (W-69, W-77).
   * @throws Unauthenticated
   */
  async sessionToken(token: string, tenant: string): Promise<SessionClaims> {
    const claims = await this.claimsOf(token, SESSION_TOKEN_TYPE, sessionClaims).catch((error: unknown) => {
      throw error instanceof Unauthenticated ? new Unauthenticated('no-session') : error;
    });
    const ended = claims.exp <= this.clock.now().getTime() / 1000;
    if (ended || claims.account !== tenant) throw new Unauthenticated('no-session');
    return claims;
  }

  private async claimsOf<T>(token: string, typ: string, schema: z.ZodType<T>): Promise<T> {
    const key = await keyOfToken(token, typ, this.keys);
    try {
      const { payload } = await compactVerify(token, key, { algorithms: [SIGNING_ALGORITHM] });
      const claims: unknown = JSON.parse(new TextDecoder().decode(payload));
      // The wire's session token names no audience.
      const aud = typ === SESSION_TOKEN_TYPE ? z.undefined().optional() : z.literal(this.config.ISSUER);
      const ours = z.object({ iss: z.literal(this.config.ISSUER), aud });
      ours.parse(claims);
      return schema.parse(claims);
    } catch (error) {
      throw error instanceof DomainError ? error : new Unauthenticated();
    }
  }
}
