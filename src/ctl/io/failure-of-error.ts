import { CommanderError } from 'commander';
import { z } from 'zod';
import { reasonOf } from '../../shared/system-error.js';
import { VERSION } from '../../shared/version.js';
import { CommandFailure, WrongUsage } from './command-failure.js';

/** What went wrong, as a person is told. */
export function failureOfError(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  if (error instanceof CommanderError) return new WrongUsage(`${error.message}. See --help`);
  if (error instanceof z.ZodError || error instanceof SyntaxError) {
    return new CommandFailure(
      `The answer is not one of onesession ${VERSION}. Check the address, and the version of the service: onesession doctor`,
    );
  }
  return new CommandFailure(fileReason(error) ?? (error instanceof Error ? error.message : String(error)));
}

/** What the operating system says of a file, without the name of the call. */
function fileReason(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('path' in error) || !('syscall' in error)) return undefined;
  return `${String(error.path)}: ${reasonOf(error)}`;
}
