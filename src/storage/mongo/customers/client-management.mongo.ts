import type {
  ContactAssignmentRepository,
  LegalEntityRepository,
  LocationRepository,
} from '../../../client-management/client-management.repository.js';
import type {
  ContactAssignment,
  LegalEntity,
  Location,
} from '../../../client-management/client-management.types.js';
import type { MongoLink } from '../link/mongo-link.js';
import { ASSIGNMENTS_OF_CUSTOMER, sortIndex } from '../link/schemas.js';
import { MongoRecords } from '../rows/managed-records.mongo.js';

export class MongoLegalEntityRepository extends MongoRecords<LegalEntity> implements LegalEntityRepository {
  constructor(link: MongoLink) {
    super(link, 'legal_entities', ['mixins', 'mixinSchemas', 'customerGroups']);
  }

  async hasAny(tenant: string): Promise<boolean> {
    const found = await this.rows.list({ tenant }, { limit: 1, hint: sortIndex('id'), part: { id: 1 } });
    return found.length > 0;
  }
}

export class MongoContactAssignmentRepository
  extends MongoRecords<ContactAssignment>
  implements ContactAssignmentRepository
{
  constructor(link: MongoLink) {
    super(link, 'contact_assignments', ['mixins', 'mixinSchemas']);
  }

  async ofCustomer(tenant: string, customerId: string): Promise<readonly ContactAssignment[]> {
    const rows = await this.rows.list({ tenant, customerId }, { hint: ASSIGNMENTS_OF_CUSTOMER });
    return this.fromRows(rows);
  }
}

export class MongoLocationRepository extends MongoRecords<Location> implements LocationRepository {
  constructor(link: MongoLink) {
    super(link, 'locations', ['mixins', 'mixinSchemas']);
  }
}
