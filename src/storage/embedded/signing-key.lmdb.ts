import { type SigningKeyRecord, SigningKeyRepository } from '../../auth/keys/signing-key.repository.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { Table } from './store/table.js';

/** `follows` is absent in keys of versions that did not write it down. */
type SigningKeyRow = SigningKeyRecord & { readonly follows?: string };

/** What the first key of all follows. */
const NOTHING = '';

export class LmdbSigningKeyRepository extends SigningKeyRepository {
  private readonly keys: Table<SigningKeyRow>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.keys = store.table('signing-keys', 'service');
  }

  override async list(): Promise<readonly SigningKeyRecord[]> {
    const all = [...this.keys.under([])].map(({ row: { follows: _previous, ...key } }) => key);
    return all.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  }

  override add(key: SigningKeyRecord, previous = NOTHING): Promise<boolean> {
    return this.store.write(() => {
      if ([...this.keys.under([])].some(({ row }) => row.follows === previous)) return false;
      this.keys.put([key.kid], { ...key, follows: previous });
      return true;
    });
  }

  override reencrypt(kid: string, from: string, to: string): Promise<boolean> {
    return this.store.write(() => {
      const row = this.keys.get([kid]);
      if (row?.encryptedPrivateJwk !== from) return false;
      this.keys.put([kid], { ...row, encryptedPrivateJwk: to });
      return true;
    });
  }

  override remove(kid: string): Promise<boolean> {
    return this.store.write(() => this.keys.remove([kid]));
  }
}
