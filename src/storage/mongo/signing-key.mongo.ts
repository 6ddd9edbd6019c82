import { type SigningKeyRecord, SigningKeyRepository } from '../../auth/keys/signing-key.repository.js';
import type { MongoLink } from './link/mongo-link.js';
import { type Row, Rows } from './rows/rows.js';

interface SigningKeyRow extends Row, SigningKeyRecord {}

/** Returns the `_id` of the key that follows `previous`, so that there is only one. In older versions, it was `kid`. */
const placeAfter = (previous: string | undefined): string => `after/${previous ?? ''}`;

export class MongoSigningKeyRepository extends SigningKeyRepository {
  private readonly keys: Rows<SigningKeyRow>;

  constructor(link: MongoLink) {
    super();
    this.keys = new Rows(link, 'signing_keys');
  }

  override async list(): Promise<readonly SigningKeyRecord[]> {
    return (await this.rows()).map(({ _id, ...key }) => key);
  }

  override add(key: SigningKeyRecord, previous?: string): Promise<boolean> {
    return this.keys.insert({ _id: placeAfter(previous), ...key });
  }

  override async reencrypt(kid: string, from: string, to: string): Promise<boolean> {
    const row = (await this.rows()).find((one) => one.kid === kid);
    if (row === undefined) return false;
    const asRead = { _id: row._id, kid, encryptedPrivateJwk: from };
    return this.keys.update(asRead, { $set: { encryptedPrivateJwk: to } });
  }

  override async remove(kid: string): Promise<boolean> {
    const row = (await this.rows()).find((one) => one.kid === kid);
    return row !== undefined && this.keys.remove({ _id: row._id, kid });
  }

  /** There are a few, and one index for them. */
  private rows(): Promise<readonly SigningKeyRow[]> {
    return this.keys.list({}, { sort: { createdAt: -1, _id: 1 } });
  }
}
