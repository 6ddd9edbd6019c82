import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/index.js';
import { EventForgetter } from '../webhook/index.js';

/** Takes a person out of records that stay. */
@Injectable()
export class PersonForgetter {
  constructor(
    private readonly audit: AuditService,
    private readonly eventForgetter: EventForgetter,
  ) {}

  /** Keeps the lines of the audit log, but takes the person out of them. @param ids of the person and the sessions */
  auditLines(tenant: string, ids: readonly string[]): Promise<number> {
    return this.audit.anonymise(tenant, ids);
  }

  /** Keeps the events of the person's sessions, but removes the names and values of attributes. */
  events(tenant: string, customerId: string): Promise<void> {
    return this.eventForgetter.forget(tenant, customerId);
  }
}
