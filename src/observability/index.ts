export { Metrics } from './metrics.js';
export { ObservabilityModule } from './observability.module.js';
export { createPino, PinoLogger } from './pino.logger.js';
export { Readiness } from './readiness.js';
export { openTracing } from './tracing/open-tracing.js';
