import { type SigningKeyRecord, SigningKeyRepository } from '../../auth/keys/signing-key.repository.js';
import type { EmbeddedStore, Table } from './embedded-store.js';

export class LmdbSigningKeyRepository extends SigningKeyRepository {
  private readonly keys: Table<SigningKeyRecord>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.keys = store.table('signing-keys');
  }

  override async list(): Promise<readonly SigningKeyRecord[]> {
    const all = [...this.keys.under([])].map(({ row }) => row);
    return all.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  }

  override async add(key: SigningKeyRecord): Promise<void> {
    await this.store.write(() => this.keys.put([key.kid], key));
  }

  override remove(kid: string): Promise<boolean> {
    return this.store.write(() => this.keys.remove([kid]));
  }
}
