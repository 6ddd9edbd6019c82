import { createInterface } from 'node:readline/promises';
import { printable } from '../../shared/printable.js';
import { CommandFailure } from './command-failure.js';
import { EXIT } from './exit-codes.js';

export interface ConfirmOptions {
  /** Nobody needs to be asked. */
  readonly yes?: boolean;
}

/**
 * Asks the person at the keyboard to type a word.
 * @param what will happen, such as `Delete the tenant acme with everything that it has`
 * @throws CommandFailure if nobody is there, or something else was typed
 */
export async function confirm({ yes }: ConfirmOptions, what: string, word: string): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) {
    throw new CommandFailure(
      `${what}: nobody is there to confirm it. Add --yes to go on without a question`,
      EXIT.notConfirmed,
    );
  }
  const questions = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await questions.question(printable(`${what}? Type ${word} to go on: `));
  questions.close();
  if (answer.trim() !== word) throw new CommandFailure('Nothing was changed', EXIT.notConfirmed);
}
