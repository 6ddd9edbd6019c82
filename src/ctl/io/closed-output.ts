import { reasonOf } from '../../shared/system-error.js';
import { EXIT } from './exit-codes.js';

/**
 * Ends the program when nobody reads on, as at `onesession sessions find | head`, and with a sentence when what it prints
 * can't be written. Otherwise, Node would end it with a stack.
 */
export function endWhenOutputCloses(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`The output can't be written: ${reasonOf(error)}\n`);
    process.exit(EXIT.failed);
  });
  // Where nobody can be told, the exit code says it.
  process.stderr.on('error', () => undefined);
}
