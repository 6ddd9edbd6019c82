import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Config } from '../config/config.schema.js';
import { Sweeps } from '../shared/sweeps.js';
import { AccessGuard } from './access.guard.js';
import { Credentials } from './credentials.js';
import { KeySecrets } from './keys/key-secrets.js';
import { SigningKeys } from './keys/signing-keys.js';
import { Operator } from './operator.js';
import { TokenInspector } from './token-inspector.js';
import { AccessTokens } from './tokens/access-tokens.js';
import { CarriedTokens } from './tokens/carried-tokens.js';
import { TokenIssuer } from './tokens/token-issuer.js';

/** Who is calling, and may they? Signing keys, tokens and the guard of all routes. */
@Global()
@Module({
  providers: [
    SigningKeys,
    KeySecrets,
    TokenIssuer,
    AccessTokens,
    CarriedTokens,
    Credentials,
    Operator,
    TokenInspector,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [SigningKeys, KeySecrets, TokenIssuer, Credentials, Operator, TokenInspector],
})
export class AuthModule {
  constructor(sweeps: Sweeps, keys: SigningKeys, { KEY_ROTATION_DAYS }: Config) {
    sweeps.add('signing keys', () => keys.rotateAfter(KEY_ROTATION_DAYS));
  }
}
