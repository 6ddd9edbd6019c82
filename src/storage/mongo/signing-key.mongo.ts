import { type SigningKeyRecord, SigningKeyRepository } from '../../auth/keys/signing-key.repository.js';
import type { MongoLink } from './mongo-link.js';
import { type Row, Rows } from './rows.js';

interface SigningKeyRow extends Row, SigningKeyRecord {}

export class MongoSigningKeyRepository extends SigningKeyRepository {
  private readonly keys: Rows<SigningKeyRow>;

  constructor(link: MongoLink) {
    super();
    this.keys = new Rows(link, 'signing_keys');
  }

  override async list(): Promise<readonly SigningKeyRecord[]> {
    const rows = await this.keys.list({}, { sort: { createdAt: -1, _id: 1 } });
    return rows.map(({ _id, ...key }) => key);
  }

  override async add(key: SigningKeyRecord): Promise<void> {
    await this.keys.put({ _id: key.kid }, { _id: key.kid, ...key });
  }

  override remove(kid: string): Promise<boolean> {
    return this.keys.remove({ _id: kid });
  }
}
