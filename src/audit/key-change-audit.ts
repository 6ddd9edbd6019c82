import { Injectable } from '@nestjs/common';
import type { KeyChange, SigningKeyWatch } from '../auth/index.js';
import { newSessionId } from '../shared/ids.js';
import { TenantRepository } from '../tenant/index.js';
import { AuditRecorder } from './audit-recorder.js';

/** Records changes of the signing keys. All tenants share these, so each gets a line. */
@Injectable()
export class KeyChangeAudit implements SigningKeyWatch {
  constructor(
    private readonly recorder: AuditRecorder,
    private readonly tenants: TenantRepository,
  ) {}

  async changed(change: KeyChange, kid: string): Promise<void> {
    const requestId = newSessionId();
    for (const tenant of await this.tenants.names()) {
      await this.recorder.record({
        tenant,
        actor: { kind: 'system', id: 'signing-keys' },
        action: `signing-key.${change}`,
        target: { kind: 'signing-key', id: kid },
        result: 'ok',
        requestId,
      });
    }
  }
}
