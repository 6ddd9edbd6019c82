import { CommanderError } from 'commander';
import { printable } from '../shared/printable.js';
import { endWhenOutputCloses } from './io/closed-output.js';
import { EXIT } from './io/exit-codes.js';
import { failureOfError } from './io/failure-of-error.js';
import { createProgram } from './program.js';

/** Runs the command that the command line names, and sets the exit code. */
export async function run(argv: readonly string[]): Promise<void> {
  const json = argv.includes('--json');
  endWhenOutputCloses();
  try {
    await createProgram(!json).parseAsync(argv);
  } catch (error) {
    process.exitCode = exitCodeAfter(error, json);
  }
}

function exitCodeAfter(error: unknown, json: boolean): number {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
  // Without `--json`, commander has printed its message itself.
  if (error instanceof CommanderError && !json) return EXIT.usage;
  const { exitCode, message, details } = failureOfError(error);
  const told = json ? JSON.stringify({ error: { exitCode, message, ...details } }) : message;
  process.stderr.write(`${printable(told)}\n`);
  return exitCode;
}
