import { CommanderError } from 'commander';
import { z } from 'zod';
import { reasonOf } from '../../shared/system-error.js';
import { VERSION } from '../../shared/version.js';
import { CommandFailure, WrongUsage } from './command-failure.js';

/** Turns an error into a message for a person. */
export function failureOfError(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  if (error instanceof CommanderError) return new WrongUsage(`${error.message}. See --help`);
  if (error instanceof z.ZodError || error instanceof SyntaxError) {
    return new CommandFailure(
      `The answer is not one of onesession ${VERSION}. Check the address, and the version of the service: onesession doctor`,
    );
  }
  return new CommandFailure(messageOf(error));
}

/** Of a refusal by the operating system, it names the file and the reason, and not the call. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'path' in error && 'syscall' in error ? `${String(error.path)}: ${reasonOf(error)}` : error.message;
}
