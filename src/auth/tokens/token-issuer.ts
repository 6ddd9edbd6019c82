import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { Clock } from '../../shared/clock.js';
import { SigningKeys } from '../keys/signing-keys.js';
import { sessionTokenId } from './claims.js';
import { formatScope, OPERATOR, OPERATOR_SCOPE } from './scopes.rules.js';
import { signedJwt } from './signed-jwt.js';

export const ACCESS_TOKEN_TYPE = 'at+jwt';
export const SAAS_TOKEN_TYPE = 'saas+jwt';
export const HANDOVER_TOKEN_TYPE = 'handover+jwt';
/** The `typ` that the wire requires. No other token of ours has it. */
export const SESSION_TOKEN_TYPE = 'jwt';

/** Whose session a token is for; see `accessClaims` for `epoch` and `grant`. */
export interface SessionSubject {
  readonly tenant: string;
  readonly clientId: string;
  readonly sessionId: string;
  readonly epoch: string;
  readonly grant: string;
  readonly customerId?: string;
  readonly legalEntityId?: string;
}

/** Whose a service token is; see `accessClaims` for `epoch`. */
export interface ClientSubject {
  readonly tenant: string;
  readonly clientId: string;
  readonly epoch: string;
}

export interface SessionTokenSubject {
  readonly tenant: string;
  readonly accountId: string;
  readonly sessionId: string;
  readonly version: number;
  readonly epoch: string;
}

/** The session that a handover link opens, as it was when the link was made. */
export interface HandoverSubject {
  readonly tenant: string;
  readonly sessionId: string;
  readonly epoch: string;
}

export interface IssuedToken {
  readonly token: string;
  /** Seconds as Emporix reports them: one less than the real lifetime. */
  readonly expiresIn: number;
  readonly scope: string;
}

/** Scopes that a customer's token carries; they open the customer's own data only. */
const CUSTOMER_SCOPES = [
  'customer.customerprofile_view',
  'customer.customerprofile_edit',
  'customer.customer_read_own',
  'customer.customer_manage_own',
];

@Injectable()
export class TokenIssuer {
  constructor(
    private readonly keys: SigningKeys,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** RFC 9068 access token of a shopper's session. @param seconds its lifetime */
  async shopperToken(subject: SessionSubject, seconds: number): Promise<IssuedToken> {
    const scope = formatScope(subject.tenant, subject.customerId ? CUSTOMER_SCOPES : []);
    const claims = {
      token_use: subject.customerId ? 'customer' : 'anonymous',
      sub: subject.customerId ?? subject.sessionId,
      sid: subject.sessionId,
      epoch: subject.epoch,
      grant: subject.grant,
      client_id: subject.clientId,
      tenant: subject.tenant,
      scope,
      ...(subject.legalEntityId !== undefined && { legalEntityId: subject.legalEntityId }),
    };
    return { token: await this.forUs(claims, ACCESS_TOKEN_TYPE, seconds), expiresIn: seconds - 1, scope };
  }

  /** RFC 9068 access token of a client (RFC 6749 section 4.4). @param mostSeconds limit of its lifetime */
  async serviceToken(
    { tenant, clientId, epoch }: ClientSubject,
    names: readonly string[],
    mostSeconds = Infinity,
  ): Promise<IssuedToken> {
    const seconds = Math.min(this.config.SERVICE_TOKEN_SECONDS, mostSeconds);
    const scope = formatScope(tenant, names);
    const claims = { token_use: 'service', sub: clientId, client_id: clientId, tenant, epoch, scope };
    return { token: await this.forUs(claims, ACCESS_TOKEN_TYPE, seconds), expiresIn: seconds - 1, scope };
  }

  /** Access token of the operator's client, which belongs to no tenant. */
  async operatorToken(epoch: string): Promise<IssuedToken> {
    const seconds = this.config.SERVICE_TOKEN_SECONDS;
    const claims = {
      token_use: 'operator',
      sub: OPERATOR,
      client_id: OPERATOR,
      epoch,
      scope: OPERATOR_SCOPE,
    };
    const token = await this.forUs(claims, ACCESS_TOKEN_TYPE, seconds);
    return { token, expiresIn: seconds - 1, scope: OPERATOR_SCOPE };
  }

  /** Says which customer a session is of; valid as long as an access token of the same login. */
  saasToken(subject: SessionSubject & { readonly customerId: string }): Promise<string> {
    const { customerId, tenant, sessionId, epoch, grant } = subject;
    const claims = { sub: customerId, tenant, sid: sessionId, epoch, grant };
    return this.forUs(claims, SAAS_TOKEN_TYPE, this.config.CUSTOMER_TOKEN_SECONDS);
  }

  /** `vtex_session`: the key of one session, and what keeps it (W-70). It names no audience, as on the wire. */
  async vtexSessionToken(
    { tenant, accountId, sessionId: id, version, epoch }: SessionTokenSubject,
    seconds: number,
  ): Promise<string> {
    const claims = { 'account.id': accountId, id, version, sub: 'session', account: tenant };
    return this.sign({ ...claims, jti: sessionTokenId(epoch, randomUUID()) }, SESSION_TOKEN_TYPE, seconds);
  }

  /** The secret of a handover link. Its own type and audience keep it apart from tokens that open a session at once. */
  handoverToken({ tenant, sessionId, epoch }: HandoverSubject, seconds: number): Promise<string> {
    const claims = {
      tenant,
      sid: sessionId,
      epoch,
      aud: handoverAudience(this.config.ISSUER),
      jti: randomUUID(),
    };
    return this.sign(claims, HANDOVER_TOKEN_TYPE, seconds);
  }

  private forUs(claims: Record<string, string>, typ: string, seconds: number): Promise<string> {
    return this.sign({ ...claims, aud: this.config.ISSUER, jti: randomUUID() }, typ, seconds);
  }

  private async sign(claims: object, typ: string, seconds: number): Promise<string> {
    const { kid, privateKey } = await this.keys.current();
    const iat = Math.floor(this.clock.now().getTime() / 1000);
    const all = { ...claims, iss: this.config.ISSUER, iat, exp: iat + seconds };
    const token = signedJwt(all, { typ, kid }, privateKey);
    this.keys.issued.add(token);
    return token;
  }
}

export const handoverAudience = (issuer: string): string => `${issuer}/handover`;
