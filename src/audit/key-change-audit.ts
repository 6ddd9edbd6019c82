import { Injectable } from '@nestjs/common';
import { type KeyChange, type KeyChangeRequest, OPERATOR, type SigningKeyWatch } from '../auth/index.js';
import { newSessionId } from '../shared/ids.js';
import { TenantRepository } from '../tenant/index.js';
import { AuditRecorder } from './audit-recorder.js';

const OPERATOR_ACTOR = { kind: 'operator', id: OPERATOR } as const;
const SERVICE_ACTOR = { kind: 'system', id: 'signing-keys' } as const;

/** Records changes of the signing keys. All tenants share these, so each gets a line. */
@Injectable()
export class KeyChangeAudit implements SigningKeyWatch {
  constructor(
    private readonly recorder: AuditRecorder,
    private readonly tenants: TenantRepository,
  ) {}

  async changed(change: KeyChange, kid: string, request?: KeyChangeRequest): Promise<void> {
    const by = request ?? { requestId: newSessionId() };
    const actor = request ? OPERATOR_ACTOR : SERVICE_ACTOR;
    for (const tenant of await this.tenants.names()) {
      await this.recorder.record({
        tenant,
        ...by,
        actor,
        action: `signing-key.${change}`,
        target: { kind: 'signing-key', id: kid },
        result: 'ok',
      });
    }
  }
}
