import { EXIT, type ExitCode } from './exit-codes.js';

export interface FailureDetails {
  /** The HTTP status of the response, if there was one. */
  readonly status?: number;
  readonly errors?: readonly (string | { readonly field: string; readonly message: string })[];
}

/** Ends the program with this message and exit code. */
export class CommandFailure extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.failed,
    readonly details: FailureDetails = {},
  ) {
    super(message);
  }
}

/** The words of the command line, or the environment, are not usable. */
export class WrongUsage extends CommandFailure {
  constructor(message: string) {
    super(message, EXIT.usage);
  }
}
