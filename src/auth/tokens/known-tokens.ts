import { LRUCache } from 'lru-cache';
import type { SigningKeys } from '../keys/signing-keys.js';

/** How many tokens of each kind are remembered. Full, they take about 27 MB. */
const REMEMBERED_TOKENS = 20_000;

/** Which key signed a verified token. */
export interface Signed {
  readonly kid: string;
}

/**
 * Remembers tokens whose signature was verified, so that it is not checked again while their key exists: the check
 * costs more than everything else that a read does. Being remembered does not make a token valid now. The token itself
 * is the key, because a hash of it would cost as much as the rest of its check. Anybody who can read this memory can
 * also read the private key that signs tokens. Neither is ever stored in clear.
 */
export class KnownTokens<T extends Signed> {
  private readonly known = new LRUCache<string, T>({ max: REMEMBERED_TOKENS });

  constructor(private readonly keys: Pick<SigningKeys, 'holds'>) {}

  /** @param verify for a token that is not known, or whose key is gone @throws what `verify` throws */
  async of(token: string, verify: () => Promise<T>): Promise<T> {
    const known = this.known.get(token);
    if (known && (await this.keys.holds(known.kid))) return known;
    const verified = await verify();
    this.known.set(token, verified);
    return verified;
  }
}
