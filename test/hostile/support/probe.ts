import { openSync, readSync } from 'node:fs';
import { createServer } from 'node:http';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/**
 * Loaded into the service before its own code (`--import`). On a port of its own it tells for how long the event loop was
 * blocked at most since it was last asked.
 */
const RESOLUTION_MS = 1;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();

/** Milliseconds that the main thread was ready to run and had no core (Linux: the second number; elsewhere none). */
const waitedMs = waitingClock();
let ownMs = 0;
let [last, waited] = [performance.now(), waitedMs()];

setInterval(() => {
  const [now, waitedNow] = [performance.now(), waitedMs()];
  ownMs = Math.max(ownMs, now - last - (waitedNow - waited));
  [last, waited] = [now, waitedNow];
}, RESOLUTION_MS).unref();

createServer((_request, response) => {
  const { rss } = process.memoryUsage();
  response.end(JSON.stringify({ blockedMs: delay.max / 1e6, ownMs, rssMiB: rss / 1024 / 1024 }));
  delay.reset();
  ownMs = 0;
})
  .listen(Number(process.env.PROBE_PORT), '127.0.0.1')
  .unref();

function waitingClock(): () => number {
  if (process.platform !== 'linux') return () => 0;
  const file = openSync('/proc/self/schedstat', 'r');
  const text = Buffer.alloc(128);
  return () => Number(text.toString('latin1', 0, readSync(file, text, 0, 128, 0)).split(' ')[1]) / 1e6;
}
