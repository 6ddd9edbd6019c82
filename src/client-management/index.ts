export { ClientManagementModule } from './client-management.module.js';
export { LegalEntityRepository, ManagedRecords } from './client-management.repository.js';
export { CompaniesOfPerson } from './companies-of-person.js';
export { ContactsOfPerson } from './contacts-of-person.js';
export type * from './client-management.types.js';
export { Memberships } from './memberships.service.js';
export { newRecord, replacedRecord } from './managed-record.rules.js';
