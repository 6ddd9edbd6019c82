export { AuditModule } from './audit.module.js';
export { AuditRecorder } from './audit-recorder.js';
export { AuditService } from './audit.service.js';
export type { AuditLine } from './audit.types.js';
export { Audited, declaredAudit } from './audited.decorator.js';
export { KeyChangeAudit } from './key-change-audit.js';
export { auditRequests } from './request-audit.js';
