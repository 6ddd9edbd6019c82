import { registerHooks } from 'node:module';
import { makeClockSettable } from './clock.ts';
import { faults } from './faults.ts';

/**
 * Given to the service by `--import`, so that a test can set its clock and slow down its store by messages. The service
 * itself knows nothing of it. Node runs these files as they are, so they import each other by their real names.
 */
const SLOW_LMDB = new URL('./slow-lmdb.ts', import.meta.url).href;

makeClockSettable();

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'lmdb' && context.parentURL !== SLOW_LMDB
      ? next(SLOW_LMDB, context)
      : next(specifier, context),
});

process.on('message', (change: Partial<typeof faults>) => {
  Object.assign(faults, change);
  process.send?.('done');
});
// The service ends when it has nothing left to do, not when the test does.
process.channel?.unref();
