import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { compactVerify, decodeJwt } from 'jose';
import { z } from 'zod';
import { Config } from '../../config/config.schema.js';
import { DomainError, Unauthenticated } from '../../shared/domain-error.js';
import { SIGNING_ALGORITHM, SigningKeys } from '../keys/signing-keys.js';
import {
  type HandoverClaims,
  handoverClaims,
  type SaasClaims,
  saasClaims,
  type SessionClaims,
  sessionClaims,
} from './claims.js';
import { KnownTokens, type Signed } from './known-tokens.js';
import { signingKeyOf } from './token-header.js';
import {
  HANDOVER_TOKEN_TYPE,
  handoverAudience,
  SAAS_TOKEN_TYPE,
  SESSION_TOKEN_TYPE,
} from './token-issuer.js';

/** Verifies tokens that come outside the Authorization header. */
@Injectable()
export class CarriedTokens {
  private readonly saasTokens = new KnownTokens<Carried<SaasClaims>>(this.keys);
  private readonly sessionTokens = new KnownTokens<Carried<SessionClaims>>(this.keys);

  constructor(
    private readonly keys: SigningKeys,
    private readonly config: Config,
  ) {}

  /** @throws Unauthenticated */
  async saasToken(token: string): Promise<SaasClaims> {
    const verify = () => this.verify(token, SAAS_TOKEN_TYPE, saasClaims, z.literal(this.config.ISSUER));
    return (await this.saasTokens.of(token, verify)).claims;
  }

  /** `vtex_session`, which names no audience, as on the wire. @throws Unauthenticated */
  async vtexSessionToken(token: string): Promise<SessionClaims> {
    const verify = () => this.verify(token, SESSION_TOKEN_TYPE, sessionClaims, z.undefined().optional());
    return (await this.sessionTokens.of(token, verify)).claims;
  }

  /** Of a handover link. Not remembered, because it is used once. @throws Unauthenticated */
  async handoverToken(token: string): Promise<HandoverClaims> {
    const audience = z.literal(handoverAudience(this.config.ISSUER));
    return (await this.verify(token, HANDOVER_TOKEN_TYPE, handoverClaims, audience)).claims;
  }

  private async verify<T>(
    token: string,
    typ: string,
    schema: z.ZodType<T>,
    aud: z.ZodType,
  ): Promise<Carried<T>> {
    const { kid, key } = await signingKeyOf(token, typ, this.keys);
    try {
      const claims = this.keys.issued.take(token) ? decodeJwt(token) : await payloadOf(token, key);
      z.object({ iss: z.literal(this.config.ISSUER), aud }).parse(claims);
      return { kid, claims: schema.parse(claims) };
    } catch (error) {
      throw error instanceof DomainError ? error : new Unauthenticated();
    }
  }
}

/** Of a token whose signature is good. @throws when it is not */
async function payloadOf(token: string, key: KeyObject): Promise<unknown> {
  const { payload } = await compactVerify(token, key, { algorithms: [SIGNING_ALGORITHM] });
  return JSON.parse(new TextDecoder().decode(payload));
}

interface Carried<T> extends Signed {
  readonly claims: T;
}
