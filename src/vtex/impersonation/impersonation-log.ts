import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../../audit/index.js';
import { shortenedNetwork } from '../../shared/network.js';
import { ImpersonationRepository } from './impersonation.repository.js';
import type { Impersonation } from './impersonation.types.js';

/** The request that asks for an impersonation. */
export interface RequestOrigin {
  readonly requestId: string;
  /** IP address of the client. */
  readonly address: string;
}

/** Records an impersonation, for itself and in the audit log. */
@Injectable()
export class ImpersonationLog {
  constructor(
    private readonly impersonations: ImpersonationRepository,
    private readonly audit: AuditRecorder,
  ) {}

  async add(begun: Impersonation, { requestId, address }: RequestOrigin): Promise<void> {
    await this.impersonations.add(begun);
    const network = shortenedNetwork(address);
    await this.audit.record({
      tenant: begun.tenant,
      actor: { kind: 'service', id: begun.adminClientId },
      action: 'customer.impersonate',
      target: { kind: 'customer', id: begun.customerId },
      ...(network !== undefined && { network }),
      ...(begun.reason !== undefined && { reason: begun.reason }),
      result: 'ok',
      requestId,
    });
  }
}
