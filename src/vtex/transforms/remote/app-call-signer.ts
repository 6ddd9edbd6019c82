import { Injectable } from '@nestjs/common';
import { FlattenedSign } from 'jose';
import { SigningKeys } from '../../../auth/index.js';
import { Clock } from '../../../shared/clock.js';

/**
 * The type of the signed content, so that no other signature of this service can pass for one of these (RFC 8725,
 * 3.11).
 */
const TYPE = 'session-app+jws';
const ALGORITHM = 'ES256';

export interface AppCall {
  readonly url: string;
  readonly body: string;
  readonly tenant: string;
  /** Version of the session before this change; it grows with each. */
  readonly version: number;
}

/**
 * Signs calls, so that an app can tell that they come from this service: a JWS with detached content (RFC 7515,
 * appendix F) over the body. Its header has `aud`, the URL that is called; `account` and `version`, as in the plain
 * headers; and `iat`, in seconds since 1970. An app refuses calls older than a minute, so that a recorded call can't be
 * replayed. The keys are at `/.well-known/jwks.json`.
 */
@Injectable()
export class AppCallSigner {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  async headersOf({ url, body, tenant: account, version }: AppCall): Promise<Record<string, string>> {
    const { kid, privateKey } = await this.keys.current();
    const iat = Math.floor(this.clock.now().getTime() / 1000);
    const { protected: header, signature } = await new FlattenedSign(new TextEncoder().encode(body))
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid, aud: url, iat, account, version })
      .sign(privateKey);
    return {
      'x-vtex-account': account,
      'x-session-version': String(version),
      'x-session-signature': `${header}..${signature}`,
    };
  }
}
