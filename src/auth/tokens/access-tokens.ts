import { Injectable } from '@nestjs/common';
import { decodeJwt } from 'jose';
import { Strategy } from 'passport-jwt';
import { Config } from '../../config/config.schema.js';
import { DomainError, Unauthenticated } from '../../shared/domain-error.js';
import { SIGNING_ALGORITHM, SigningKeys } from '../keys/signing-keys.js';
import { type AccessClaims, accessClaims, type VerifiedToken } from './claims.js';
import { KnownTokens } from './known-tokens.js';
import { type SigningKeyOf, signingKeyOf } from './token-header.js';
import { ACCESS_TOKEN_TYPE } from './token-issuer.js';

/**
 * Verifies access tokens. A signature that was verified once is not checked again while its key exists. `Credentials`
 * checks at each use whether the token has expired and whether its session is alive.
 */
@Injectable()
export class AccessTokens {
  private readonly known = new KnownTokens<VerifiedToken<AccessClaims>>(this.keys);

  constructor(
    private readonly keys: SigningKeys,
    private readonly config: Config,
  ) {}

  /** @throws Unauthenticated */
  verified(token: string): Promise<VerifiedToken<AccessClaims>> {
    return this.known.of(token, async () => {
      const key = await signingKeyOf(token, ACCESS_TOKEN_TYPE, this.keys);
      const payload = this.keys.issued.take(token) ? decodeJwt(token) : await this.verify(token, key);
      const claims = accessClaims.safeParse(payload);
      if (!claims.success) throw new Unauthenticated();
      return { claims: claims.data, kid: key.kid };
    });
  }

  /** Whether the key of a token that was verified earlier still exists. */
  isSigned({ kid }: Pick<VerifiedToken, 'kid'>): Promise<boolean> {
    return this.keys.holds(kid);
  }

  /** By passport-jwt, without passport around it. @throws Unauthenticated */
  private verify(token: string, { key }: SigningKeyOf): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const strategy = new Strategy(
        {
          jwtFromRequest: () => token,
          // The types of passport-jwt know PEM only; a KeyObject is several times faster.
          secretOrKeyProvider: (_request, _token, done) => void Reflect.apply(done, undefined, [null, key]),
          algorithms: [SIGNING_ALGORITHM],
          issuer: this.config.ISSUER,
          audience: this.config.ISSUER,
          // The injected clock decides, at each use.
          ignoreExpiration: true,
        },
        (payload, done) => done(null, payload),
      );
      strategy.success = resolve;
      strategy.error = reject;
      strategy.fail = (reason: unknown) =>
        reject(reason instanceof DomainError ? reason : new Unauthenticated());
      Reflect.apply(strategy.authenticate, strategy, [{}]);
    });
  }
}
