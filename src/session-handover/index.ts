export { type HandoverLink, HandoverService } from './handover.service.js';
export { SessionHandoverModule } from './session-handover.module.js';
