import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Strategy } from 'passport-jwt';
import { Config } from '../config/config.schema.js';
import { DomainError, Unauthenticated } from '../shared/domain-error.js';
import { accessClaims, type VerifiedToken } from './claims.js';
import { SIGNING_ALGORITHM, SigningKeys } from './keys/signing-keys.js';
import { type SigningKeyOf, signingKeyOf } from './token-header.js';
import { ACCESS_TOKEN_TYPE } from './token-issuer.js';

/** Signatures of this many tokens are remembered, by the hash of the token: about 10 MB. */
const REMEMBERED_TOKENS = 20_000;

/**
 * Who signed an access token, and what it says. A signature that was found good once is not computed again, as long as
 * its key is there; whether the token is in time, and its session alive, is for `Credentials` to ask at each use.
 */
@Injectable()
export class AccessTokens {
  private readonly known = new LRUCache<string, VerifiedToken>({ max: REMEMBERED_TOKENS });

  constructor(
    private readonly keys: SigningKeys,
    private readonly config: Config,
  ) {}

  /** @throws Unauthenticated */
  async verified(token: string): Promise<VerifiedToken> {
    const hash = createHash('sha256').update(token).digest('base64url');
    const known = this.known.get(hash);
    if (known && (await this.isSigned(known))) return known;
    const key = await signingKeyOf(token, ACCESS_TOKEN_TYPE, this.keys);
    const claims = accessClaims.safeParse(await this.verify(token, key));
    if (!claims.success) throw new Unauthenticated();
    const verified = { claims: claims.data, kid: key.kid };
    this.known.set(hash, verified);
    return verified;
  }

  /** Whether the key of a token that was good once is still there. */
  isSigned({ kid }: VerifiedToken): Promise<boolean> {
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
