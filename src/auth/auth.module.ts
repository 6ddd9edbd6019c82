import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { AccessGuard } from './access.guard.js';
import { SigningKeys } from './keys/signing-keys.js';
import { TokenIssuer } from './token-issuer.js';
import { StrategyName, TokenStrategy } from './token.strategy.js';
import { TokenVerifier } from './token.verifier.js';

@Module({ providers: [StrategyName], exports: [StrategyName] })
class StrategyNameModule {}

/** Who is calling, and may they? Signing keys, tokens and the guard of all routes. */
@Global()
@Module({
  imports: [
    StrategyNameModule,
    PassportModule.registerAsync({
      imports: [StrategyNameModule],
      inject: [StrategyName],
      useFactory: (name: StrategyName) => ({ defaultStrategy: name.value, session: false }),
    }),
  ],
  providers: [
    SigningKeys,
    TokenIssuer,
    TokenStrategy,
    TokenVerifier,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [SigningKeys, TokenIssuer, TokenVerifier],
})
export class AuthModule {}
