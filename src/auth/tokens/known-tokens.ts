import { LRUCache } from 'lru-cache';
import type { SigningKeys } from '../keys/signing-keys.js';

/** Of each kind of token: about 27 MB. */
const REMEMBERED_TOKENS = 20_000;

/** Of a token that was found good: which key signed it. */
export interface Signed {
  readonly kid: string;
}

/**
 * What tokens say whose signature was found good once, so that it is not checked again while its key is there: the check
 * costs more than everything else that a read does. Nothing here says that a token is good now.
 *
 * A token is its own key, since a hash of it would cost as much as the rest of its check. Who can read this memory can
 * read the private key that signs tokens, too. Neither is ever stored in clear.
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
