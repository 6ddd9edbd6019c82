import { type SpentJwt, SpentJwtRepository } from '../../oauth/revocation/spent-jwt.repository.js';
import type { MongoLink } from './link/mongo-link.js';
import { idOf, type Row, Rows } from './rows/rows.js';

interface SpentRow extends Row {
  readonly endsAt: Date;
}

export class MongoSpentJwtRepository extends SpentJwtRepository {
  private readonly rows: Rows<SpentRow>;

  constructor(link: MongoLink) {
    super();
    this.rows = new Rows<SpentRow>(link, 'spent_jwts');
  }

  override spend({ tenant, id, endsAt }: SpentJwt): Promise<boolean> {
    return this.rows.insert({ _id: idOf(tenant, id), endsAt });
  }

  override async isSpent({ tenant, id }: Pick<SpentJwt, 'tenant' | 'id'>): Promise<boolean> {
    return (await this.rows.find(idOf(tenant, id))) !== undefined;
  }
}
