import { generateKeyPairSync, hash, verify } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { createLocalJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { Config } from '../../config/config.schema.js';
import { Clock } from '../../shared/clock.js';
import { ASYMMETRIC_ALGORITHMS } from '../../shared/jwt.js';
import { LEEWAY, oneUseOf } from './client-assertion.rules.js';
import { type AssertionCredentials, subjectOf } from '../client-credentials.js';
import type { Client } from '../client.types.js';
import { invalidClient } from '../oauth.errors.js';
import { RememberedClients } from '../remembered-clients.js';
import { RemoteKeySets } from './remote-key-sets.js';
import { SpentJwtRepository } from '../revocation/spent-jwt.repository.js';

/** Where there is no key, this one is used, so that an unknown client takes as long as a wrong signature (W-03). */
const NO_SUCH_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
const NO_SUCH_SIGNATURE = Buffer.alloc(64, 1);

/** Authenticates clients by `private_key_jwt` (RFC 7523 section 3, OpenID Connect Core section 9). */
@Injectable()
export class ClientAssertions {
  private readonly log = new Logger(ClientAssertions.name);
  private readonly audiences = [this.config.ISSUER, `${this.config.ISSUER}/oauth/token`];

  constructor(
    private readonly remembered: RememberedClients,
    private readonly remote: RemoteKeySets,
    private readonly spent: SpentJwtRepository,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Uses up the assertion. @throws OAuthError, the same for every reason */
  async authenticate({ clientId, assertion }: AssertionCredentials): Promise<Client> {
    const subject = subjectOf(assertion);
    const named = clientId === undefined || clientId === subject ? await this.found(subject) : undefined;
    const claims = await this.verified(assertion, subject, named && this.keysOf(named));
    const use = claims && oneUseOf(claims, this.audiences, this.clock.now());
    if (!named || !use) throw invalidClient();
    const id = `assertion:${hash('sha256', `${named.clientId}\0${use.jti}`, 'base64url')}`;
    if (await this.spent.spend({ tenant: named.tenant, id, endsAt: use.endsAt })) return named;
    this.log.warn({ tenant: named.tenant, client: named.clientId }, 'a client assertion was sent again');
    throw invalidClient();
  }

  private async found(clientId: string): Promise<Client | undefined> {
    const client = clientId === '' ? undefined : await this.remembered.fresh(clientId);
    return client?.enabled && client.kind === 'backend' ? client : undefined;
  }

  private keysOf({ jwks, jwksUri }: Client): JWTVerifyGetKey | undefined {
    if (jwks) return createLocalJWKSet({ keys: jwks.keys.map(({ addedAt: _when, ...key }) => key) });
    return jwksUri === undefined ? undefined : this.remote.at(jwksUri);
  }

  /** @returns undefined if the signature or a claim is wrong, whatever else the assertion says */
  private async verified(
    assertion: string,
    clientId: string,
    keys: JWTVerifyGetKey | undefined,
  ): Promise<JWTPayload | undefined> {
    let hasKey = false;
    const keyFor: JWTVerifyGetKey = async (header, token) => {
      if (!keys) throw new errors.JWKSNoMatchingKey();
      const key = await keys(header, token);
      hasKey = true;
      return key;
    };
    try {
      const { payload } = await jwtVerify(assertion, keyFor, {
        algorithms: [...ASYMMETRIC_ALGORITHMS],
        issuer: clientId,
        subject: clientId,
        audience: this.audiences,
        requiredClaims: ['exp', 'jti'],
        currentDate: this.clock.now(),
        clockTolerance: LEEWAY,
      });
      return payload;
    } catch (error) {
      const reason = error instanceof errors.JOSEError ? error.code : String(error);
      this.log.debug({ client: clientId.slice(0, 64), reason }, 'a client assertion was refused');
      if (!hasKey) verify('sha256', Buffer.from(assertion), NO_SUCH_KEY, NO_SUCH_SIGNATURE);
      return undefined;
    }
  }
}
