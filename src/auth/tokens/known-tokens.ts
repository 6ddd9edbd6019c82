import { LRUCache } from 'lru-cache';
import type { SigningKeys } from '../keys/signing-keys.js';

/** How many tokens of each kind are remembered. Full, they take about 27 MB. */
const REMEMBERED_TOKENS = 20_000;

/** An ES256 signature at the end of a token. */
const SIGNATURE_LENGTH = 86;

/** Which key signed a verified token. */
export interface Signed {
  readonly kid: string;
}

/**
 * Remembers tokens whose signature was verified, so that it is not checked again while their key exists: the check
 * costs more than everything else that a read does. Being remembered does not make a token valid now. It is looked up by
 * its signature and then compared, because a hash of all of it would cost as much as the rest of its check. Anybody who
 * can read this memory can also read the private key that signs tokens. Neither is ever stored in clear.
 */
export class KnownTokens<T extends Signed> {
  private readonly known = new LRUCache<string, { readonly token: string; readonly verified: T }>({
    max: REMEMBERED_TOKENS,
  });

  constructor(private readonly keys: Pick<SigningKeys, 'holds'>) {}

  /** @param verify for a token that is not known, or whose key is gone @throws what `verify` throws */
  async of(token: string, verify: () => Promise<T>): Promise<T> {
    const signature = token.slice(-SIGNATURE_LENGTH);
    const known = this.known.get(signature);
    if (known?.token === token && (await this.keys.holds(known.verified.kid))) return known.verified;
    const verified = await verify();
    this.known.set(signature, { token, verified });
    return verified;
  }
}
