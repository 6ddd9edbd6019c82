import { CommanderError } from 'commander';
import { z } from 'zod';
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
  return new CommandFailure(error instanceof Error ? error.message : String(error));
}
