import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../shared/clock.js';
import { SpentJwtRepository } from './spent-jwt.repository.js';

/** How long a token may still be accepted after another instance has revoked it. */
const REMEMBERED_MS = 5_000;

const REMEMBERED_TOKENS = 10_000;

/** Under which the operator's tokens are kept. No tenant's name has such a character. */
export const OF_OPERATOR = '-';

export interface TokenName {
  readonly tenant: string;
  readonly jti: string;
}

/** Service tokens that were revoked one by one (RFC 7009). Asked only about clients that have revoked some. */
@Injectable()
export class RevokedTokens {
  private readonly remembered: LRUCache<string, boolean, TokenName>;

  constructor(
    private readonly spent: SpentJwtRepository,
    clock: Clock,
  ) {
    this.remembered = new LRUCache<string, boolean, TokenName>({
      max: REMEMBERED_TOKENS,
      // `ttl` counts an entry of exactly this age as fresh, so one less.
      ttl: REMEMBERED_MS - 1,
      ttlResolution: 0,
      ignoreFetchAbort: true,
      perf: { now: () => clock.monotonic() },
      fetchMethod: (_key, _stale, { context }) => this.isRevokedNow(context),
    });
  }

  /** @returns whether it was revoked at least five seconds ago, or here */
  async isRevoked(token: TokenName): Promise<boolean> {
    return (await this.remembered.fetch(keyOf(token), { context: token })) ?? false;
  }

  isRevokedNow(token: TokenName): Promise<boolean> {
    return this.spent.isSpent(spentOf(token));
  }

  /** @param expiresAt of the token */
  async revoke(token: TokenName, expiresAt: Date): Promise<void> {
    await this.spent.spend({ ...spentOf(token), endsAt: expiresAt });
    this.remembered.set(keyOf(token), true);
  }
}

const keyOf = ({ tenant, jti }: TokenName): string => `${tenant}/${jti}`;

const spentOf = ({ tenant, jti }: TokenName) => ({
  tenant,
  id: `token:${hash('sha256', jti, 'base64url')}`,
});
