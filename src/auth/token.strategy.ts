import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { LRUCache } from 'lru-cache';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Config } from '../config/config.schema.js';
import { Clock } from '../shared/clock.js';
import { Unauthenticated } from '../shared/domain-error.js';
import { type AccessClaims, accessClaims } from './claims.js';
import { SIGNING_ALGORITHM, SigningKeys } from './keys/signing-keys.js';
import { ACCESS_TOKEN_TYPE } from './token-issuer.js';
import { keyOfToken } from './token-header.js';

/** Signatures of this many tokens are remembered, by the token's hash: about 10 MB. */
const REMEMBERED_TOKENS = 20_000;

/** How far another instance's clock may run ahead. */
const CLOCK_SKEW_SECONDS = 10;

const bearerOf = ExtractJwt.fromAuthHeaderAsBearerToken();

/** Passport keeps its strategies in one place a process; each application has its own name there. */
@Injectable()
export class StrategyName {
  readonly value = `bearer-${randomUUID()}`;
}

/**
 * Who signed the bearer token, and whether its time is over: no I/O. What is remembered is only that
 * the signature was good; time is checked at every use, and whether the session is alive by the guard.
 */
@Injectable()
export class TokenStrategy extends PassportStrategy(Strategy) {
  private readonly verified = new LRUCache<string, AccessClaims>({ max: REMEMBERED_TOKENS });

  constructor(
    keys: SigningKeys,
    config: Config,
    name: StrategyName,
    private readonly clock: Clock,
  ) {
    super({
      jwtFromRequest: bearerOf,
      secretOrKeyProvider: (_request, token: string, done) => {
        keyOfToken(token, ACCESS_TOKEN_TYPE, keys).then(
          // passport-jwt's types know PEM only; a KeyObject is several times faster.
          (key) => Reflect.apply(done, undefined, [null, key]),
          (error: unknown) => done(error),
        );
      },
      algorithms: [SIGNING_ALGORITHM],
      issuer: config.ISSUER,
      audience: config.ISSUER,
      // Our Clock decides, in `validate`.
      ignoreExpiration: true,
      passReqToCallback: true,
    });
    passport.use(name.value, this);
  }

  override authenticate(...args: Parameters<Strategy['authenticate']>): void {
    const [request] = args;
    const known = this.verified.get(hashOf(bearerOf(request)));
    if (!known) return super.authenticate(...args);
    try {
      this.success(this.inTime(known));
    } catch (error) {
      this.fail(error, 401);
    }
  }

  /** Called by passport-jwt once the signature is good. */
  validate(request: Parameters<typeof bearerOf>[0], payload: unknown): AccessClaims {
    const claims = accessClaims.safeParse(payload);
    if (!claims.success) throw new Unauthenticated();
    this.verified.set(hashOf(bearerOf(request)), claims.data);
    return this.inTime(claims.data);
  }

  private inTime(claims: AccessClaims): AccessClaims {
    const now = this.clock.now().getTime() / 1000;
    if (claims.iat > now + CLOCK_SKEW_SECONDS) throw new Unauthenticated();
    if (claims.exp <= now) throw new Unauthenticated('expired-token');
    return claims;
  }
}

const hashOf = (token: string | null): string =>
  createHash('sha256')
    .update(token ?? '')
    .digest('base64url');
