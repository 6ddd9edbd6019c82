import { StoreUnavailable } from '../../../shared/domain-error.js';

/** lmdb's error for a commit that failed. What went wrong is told by the promise, which is rejected a little later. */
interface CommitFailure extends Error {
  readonly commitError: Promise<never>;
}

const isCommitFailure = (error: unknown): error is CommitFailure =>
  error instanceof Error && 'commitError' in error && error.commitError instanceof Promise;

/**
 * Turns a commit that failed into a refusal: the disk is full, or does not take writes. Nothing was written, and the next
 * write may work again.
 */
export async function refusalOf(error: unknown): Promise<unknown> {
  if (!isCommitFailure(error)) return error;
  try {
    return await error.commitError;
  } catch (cause) {
    return new StoreUnavailable({ cause });
  }
}

/**
 * lmdb rejects a promise of its own, too, which nobody has. Without this, a full disk would end the process, and with it
 * all that can still be read. Everything else ends the process as before.
 */
export function outliveFailedCommits(): void {
  if (process.listeners('unhandledRejection').includes(outlive)) return;
  process.on('unhandledRejection', outlive);
}

function outlive(reason: unknown): void {
  if (!isCommitFailure(reason)) throw reason;
  reason.commitError.catch(() => undefined);
}
