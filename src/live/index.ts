export { LiveModule } from './live.module.js';
export { StreamGauge } from './stream-gauge.js';
export { LiveStreams } from './live-streams.js';
