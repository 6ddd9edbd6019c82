import { CommanderError } from 'commander';
import { CommandFailure } from './io/command-failure.js';
import { EXIT } from './io/exit-codes.js';
import { createProgram } from './program.js';

/** Runs the command that the command line names, and sets the exit code. */
export async function run(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync(argv);
  } catch (error) {
    process.exitCode = exitCodeAfter(error, argv.includes('--json'));
  }
}

function exitCodeAfter(error: unknown, json: boolean): number {
  // It has printed its message itself.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const { exitCode, message, details } =
    error instanceof CommandFailure ? error : new CommandFailure(String(error));
  const told = json ? JSON.stringify({ error: { exitCode, message, ...details } }) : message;
  process.stderr.write(`${told}\n`);
  return exitCode;
}
