import { Injectable } from '@nestjs/common';
import { jwtVerify } from 'jose';
import { Config } from '../config/config.schema.js';
import { Clock } from '../shared/clock.js';
import { Forbidden, StoreUnavailable } from '../shared/domain-error.js';
import { type SaasClaims, saasClaims } from './claims.js';
import { SIGNING_ALGORITHM, SigningKeys } from './keys/signing-keys.js';
import { SAAS_TOKEN_TYPE } from './token-issuer.js';
import { keyOfToken } from './token-header.js';

@Injectable()
export class SaasTokenVerifier {
  constructor(
    private readonly keys: SigningKeys,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Signature, kind, tenant and time. Whether its session is alive is for the caller to ask.
   * @throws Forbidden (behaviour D-10)
   */
  async verify(token: string, tenant: string): Promise<SaasClaims> {
    try {
      const key = await keyOfToken(token, SAAS_TOKEN_TYPE, this.keys);
      const { payload } = await jwtVerify(token, key, {
        algorithms: [SIGNING_ALGORITHM],
        issuer: this.config.ISSUER,
        audience: this.config.ISSUER,
        currentDate: this.clock.now(),
      });
      const claims = saasClaims.parse(payload);
      if (claims.tenant === tenant) return claims;
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
    }
    throw new Forbidden('The saas-token is not valid');
  }
}
