import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.schema.js';
import { Clock } from '../shared/clock.js';
import { AuditRecorder } from './audit-recorder.js';
import { AuditRepository } from './audit.repository.js';
import type { AuditPage, AuditQuery } from './audit.types.js';

const DAY_MS = 86_400_000;

@Injectable()
export class AuditService {
  constructor(
    private readonly lines: AuditRepository,
    private readonly recorder: AuditRecorder,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Lists lines that have not ended, the newest first, including all that this instance has yet to write. */
  async list(tenant: string, query: AuditQuery): Promise<AuditPage> {
    await this.recorder.drain();
    const oldest = new Date(this.clock.now().getTime() - this.config.AUDIT_DAYS * DAY_MS);
    const from = query.from !== undefined && query.from > oldest ? query.from : oldest;
    return this.lines.list(tenant, { ...query, from });
  }

  /** Takes an erased person out of all lines. @param ids of the person and of their sessions @returns the number of lines */
  async anonymise(tenant: string, ids: readonly string[]): Promise<number> {
    await this.recorder.drain();
    return this.lines.anonymise(tenant, ids);
  }
}
