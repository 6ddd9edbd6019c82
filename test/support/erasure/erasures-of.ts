import type { AuditService } from '../../../src/audit/index.js';
import { ErasureService } from '../../../src/customer-admin/erasure.service.js';
import { Overwriter } from '../../../src/customer-admin/overwriter.js';
import { ContactsOfPerson } from '../../../src/client-management/contacts-of-person.js';
import { Memberships } from '../../../src/client-management/memberships.service.js';
import { PersonForgetter } from '../../../src/customer-admin/person-forgetter.js';
import { PersonRecords } from '../../../src/customer-admin/person-records.js';
import { Removers } from '../../../src/customer-admin/removers.js';
import { SystemClock } from '../../../src/shared/clock.js';
import { EventForgetter } from '../../../src/webhook/index.js';
import type { Storage } from '../../../src/storage/storage.js';

/** Makes the service that erases persons, without an application around it. @param of wraps each port that it uses */
export function erasuresOf(
  storage: Storage,
  of: <T extends object>(port: T) => T = (port) => port,
): ErasureService {
  const clock = new SystemClock();
  const [sessions, carts, mails, impersonations, erasures] = [
    of(storage.sessions),
    of(storage.carts),
    of(storage.outbox),
    of(storage.impersonations),
    of(storage.erasures),
  ];
  const customers = of(storage.customers);
  // Nothing is recorded here, so the recorder has nothing to write before lines are made anonymous.
  const lines = of(storage.audit);
  const audit: Pick<AuditService, 'anonymise' | 'list'> = {
    anonymise: (tenant, ids) => lines.anonymise(tenant, ids),
    list: (tenant, query) => lines.list(tenant, query),
  };
  const records = new PersonRecords(sessions, carts, mails, impersonations, audit as AuditService, clock);
  const assignments = of(storage.contactAssignments);
  const removers = new Removers(
    sessions,
    carts,
    mails,
    impersonations,
    new PersonForgetter(
      audit as AuditService,
      new EventForgetter(of(storage.events), of(storage.webhooks), of(storage.deliveries)),
    ),
    new ContactsOfPerson(
      assignments,
      new Memberships(of(storage.legalEntities), assignments, sessions, clock),
    ),
  );
  return new ErasureService(erasures, customers, records, removers, new Overwriter(erasures), clock);
}
