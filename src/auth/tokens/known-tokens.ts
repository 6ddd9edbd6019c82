import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { SigningKeys } from '../keys/signing-keys.js';

/** Of each kind of token: about 14 MB. */
const REMEMBERED_TOKENS = 20_000;

/** Of a token that was found good: which key signed it. */
export interface Signed {
  readonly kid: string;
}

/**
 * What tokens say whose signature was found good once, by the hash of the token. It is not computed again as long as its key
 * is there: it costs more than all else that a read does. Nothing here says that a token is good now.
 */
export class KnownTokens<T extends Signed> {
  private readonly known = new LRUCache<string, T>({ max: REMEMBERED_TOKENS });

  constructor(private readonly keys: Pick<SigningKeys, 'holds'>) {}

  /** @param verify for a token that is not known, or whose key is gone @throws what `verify` throws */
  async of(token: string, verify: () => Promise<T>): Promise<T> {
    const name = hash('sha256', token, 'base64url');
    const known = this.known.get(name);
    if (known && (await this.keys.holds(known.kid))) return known;
    const verified = await verify();
    this.known.set(name, verified);
    return verified;
  }
}
