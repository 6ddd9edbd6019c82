import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Given to the service by `--import`: for each message it collects all garbage, and answers what is left, in bytes. */
setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

process.on('message', () => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.(heapUsed + external);
});
// The service ends when it has nothing left to do, not when the test does.
process.channel?.unref();
