import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import type { DeclaredAudit } from './declared-audit.types.js';
import { ReasonGuard } from './reason.guard.js';

const AUDIT_METADATA = 'onesession:audit';

/**
 * Writes a line into the audit log for each request to this route that an identified caller made or that lacked a valid
 * token. Every route of `/admin` and every other one that changes settings needs it (test: audited-routes.spec.ts).
 */
export const Audited = (action: string, rest: Omit<DeclaredAudit, 'action'> = {}): MethodDecorator =>
  applyDecorators(
    SetMetadata(AUDIT_METADATA, { action, ...rest } satisfies DeclaredAudit),
    UseGuards(ReasonGuard),
  );

export const declaredAudit = (handler: Function): DeclaredAudit | undefined =>
  Reflect.getMetadata(AUDIT_METADATA, handler);
