import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into the service before its own code (`--import`): tells, on a port of its own, how long the event loop was
 * blocked at most since it was asked last.
 */
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();

createServer((_request, response) => {
  const { rss } = process.memoryUsage();
  response.end(JSON.stringify({ blockedMs: delay.max / 1e6, rssMiB: rss / 1024 / 1024 }));
  delay.reset();
})
  .listen(Number(process.env.PROBE_PORT), '127.0.0.1')
  .unref();
